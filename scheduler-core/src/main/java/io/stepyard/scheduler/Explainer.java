package io.stepyard.scheduler;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ReasonCode.Category;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says why a demand was not placed, cluster by cluster, each reason with what would change it.
 *
 * <p>The clusters nearest to taking the job come first (only room is missing, then the cluster's own state, then what
 * is written in the job or the registration); within one cluster configuration faults come before capacity.
 */
final class Explainer {

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private final List<ClusterState> clusters;
    private final Map<String, Releases> releases;
    private final Instant now;

    /** @param clusters the state at the end of the pass, in the order of their names */
    Explainer(List<ClusterState> clusters, Map<String, Releases> releases, Instant now) {
        this.clusters = clusters;
        this.releases = releases;
        this.now = now;
    }

    List<Reason> explain(Demand demand) {
        if (clusters.isEmpty()) {
            return List.of(new Reason(null, ReasonCode.NO_CLUSTERS,
                    "no cluster is registered; register one and the job is considered in the next pass"));
        }
        Map<Category, List<Reason>> nearestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (ClusterState cluster : clusters) {
            List<Reason> reasons = reasonsOn(cluster, demand);
            Category worst = reasons.stream().map(reason -> reason.code().kind()).min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException(
                            "A job that fits " + cluster.name() + " was left unplaced: " + demand));
            nearestFirst.computeIfAbsent(worst, _ -> new ArrayList<>()).addAll(reasons);
        }
        return nearestFirst.values().stream().flatMap(List::stream).toList();
    }

    /** Without a look at single clusters, for jobs so deep in the queue that nobody reads more. */
    static List<Reason> brief(Demand demand) {
        return List.of(new Reason(null, ReasonCode.RESOURCES, "no cluster the job may use has " + demand.resources()
                + " free now; it stands too deep in the queue for a word on every cluster"));
    }

    private List<Reason> reasonsOn(ClusterState cluster, Demand demand) {
        List<Reason> reasons = new ArrayList<>(2);
        String name = cluster.name();
        if (!demand.clusters().isEmpty() && !demand.clusters().contains(name)) {
            reasons.add(new Reason(name, ReasonCode.CLUSTER_NOT_ALLOWED, name + " is not among the clusters the job "
                    + "allows " + demand.clusters().stream().sorted().toList() + "; add it to consider it"));
        }
        labels(cluster, demand, reasons);
        boolean tooLarge = tooLarge(cluster, demand, reasons);
        availability(cluster, reasons);
        if (demand.notOn().contains(name)) {
            reasons.add(new Reason(name, ReasonCode.EXCLUDED,
                    name + " is excluded for this job; take it off the job's exclusions to consider it"));
        }
        if (!tooLarge && !demand.resources().fitsWithin(cluster.free())) {
            reasons.add(new Reason(name, ReasonCode.RESOURCES, room(cluster, demand.resources(), reasons.isEmpty())));
        }
        return reasons;
    }

    private static void labels(ClusterState cluster, Demand demand, List<Reason> reasons) {
        Map<String, String> present = cluster.snapshot().labels();
        List<String> missing = new ArrayList<>();
        new TreeMap<>(demand.labels()).forEach((key, value) -> {
            String found = present.get(key);
            if (!value.equals(found)) {
                missing.add(key + "=" + value + " (found " + (found == null ? "none" : key + "=" + found) + ")");
            }
        });
        if (!missing.isEmpty()) {
            reasons.add(new Reason(cluster.name(), ReasonCode.LABELS, cluster.name() + " lacks the label"
                    + (missing.size() > 1 ? "s " : " ") + String.join(", ", missing)
                    + "; label the cluster or change the job"));
        }
    }

    private static boolean tooLarge(ClusterState cluster, Demand demand, List<Reason> reasons) {
        Resources capacity = cluster.snapshot().capacity();
        if (demand.resources().fitsWithin(capacity)) {
            return false;
        }
        reasons.add(new Reason(cluster.name(), ReasonCode.TOO_LARGE,
                cluster.name() + " has " + capacity + " in all and the job asks for " + demand.resources()
                        + "; no waiting helps, ask for at most " + capacity.min(demand.resources())));
        return true;
    }

    private static void availability(ClusterState cluster, List<Reason> reasons) {
        String name = cluster.name();
        switch (cluster.snapshot().availability()) {
            case OPEN -> {
            }
            case DRAINED -> reasons.add(new Reason(name, ReasonCode.DRAINED,
                    name + " is drained and takes no new jobs; an operator must resume it"));
            case UNREACHABLE -> reasons.add(new Reason(name, ReasonCode.UNREACHABLE,
                    name + " cannot be reached; it is considered again once it answers"));
            case NO_METRICS -> reasons.add(new Reason(name, ReasonCode.NO_METRICS,
                    name + " has no fresh and sane metrics, which never counts as idle; it is considered again once they arrive"));
        }
    }

    private String room(ClusterState cluster, Resources asked, boolean onlyRoomIsMissing) {
        Resources free = cluster.free();
        List<String> lacks = new ArrayList<>(2);
        if (asked.cpuMillicores() > free.cpuMillicores()) {
            lacks.add(cores(asked.cpuMillicores() - free.cpuMillicores()) + " of " + asked.cores() + " cores");
        }
        if (asked.memoryMib() > free.memoryMib()) {
            lacks.add(MemorySize.print(asked.memoryMib() - free.memoryMib()) + " of " + asked.memory() + " memory");
        }
        String until = releases.getOrDefault(cluster.name(), new Releases(List.of())).firstFit(free, asked)
                .map(at -> "until about " + moment(at) + " at the latest by the running jobs' time limits")
                .orElse("and no known end of a running job brings them");
        Resources smaller = free.min(asked);
        boolean somethingIsFree = (smaller.cpuMillicores() > 0 || asked.cpuMillicores() == 0)
                && (smaller.memoryMib() > 0 || asked.memoryMib() == 0);
        String hint = onlyRoomIsMissing && somethingIsFree
                ? "; a job of " + smaller + " would start now"
                : "";
        return cluster.name() + " lacks " + String.join(" and ", lacks) + " " + until + hint;
    }

    private String moment(Instant at) {
        boolean soon = Duration.between(now, at).compareTo(ONE_DAY) < 0;
        return (soon ? TODAY : LATER).format(at.atOffset(ZoneOffset.UTC));
    }

    private static String cores(long millicores) {
        return BigDecimal.valueOf(millicores, 3).stripTrailingZeros().toPlainString();
    }
}

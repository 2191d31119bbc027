package io.stepyard.scheduler;

import io.stepyard.scheduler.Policy.Reserving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every obstacle between a kind of job and one cluster, each with what would change it. */
final class ClusterReasons {

    private final LiveQueue queue;
    private final @Nullable Reservation reservation;
    private final long now;
    private final Wording wording;
    private final Map<ClusterState, Releases> releases = new HashMap<>();

    ClusterReasons(LiveQueue queue, @Nullable Reservation reservation, Instant now) {
        this.queue = queue;
        this.reservation = reservation;
        this.now = now.toEpochMilli();
        this.wording = new Wording(queue.amounts(), now);
    }

    /** What the tenant's quota has against the job, whatever the cluster; null when nothing. */
    @Nullable
    Reason quota(JobGroup group) {
        String tenant = group.key.tenant();
        PassTerms.Tenant agreed = queue.quotas().limited(tenant);
        if (agreed == null || queue.quotas().allows(tenant, group.need)) {
            return null;
        }
        if (agreed.maxRunning() == 0
                || (agreed.quota() != null && !group.shape.demand.resources().fitsWithin(agreed.quota()))) {
            return new Reason(null, ReasonCode.TOO_LARGE, "tenant " + tenant + " may never run "
                    + group.shape.demand.resources() + " at once; no waiting helps, raise its quota or ask for less");
        }
        Quotas.Held held = queue.quotas().heldBy(tenant);
        if (held.jobs() >= agreed.maxRunning()) {
            return new Reason(null, ReasonCode.QUOTA, "tenant " + tenant + " runs " + held.jobs() + " of "
                    + agreed.maxRunning() + " jobs; the next one starts when one of them ends");
        }
        return new Reason(null, ReasonCode.QUOTA, "tenant " + tenant + " holds "
                + wording.all(new long[]{held.cpu(), held.memory()}) + " of its quota of "
                + Wording.quota(agreed.quota())
                + "; the job starts when enough of that ends");
    }

    List<Reason> on(ClusterState cluster, JobGroup group, @Nullable PlannedStart planned, boolean mayStart) {
        List<Reason> reasons = new ArrayList<>(2);
        String name = cluster.name();
        Demand demand = group.shape.demand;
        if (!demand.clusters().isEmpty() && !cluster.snapshot().isIn(demand.clusters())) {
            reasons.add(new Reason(name, ReasonCode.CLUSTER_NOT_ALLOWED, name + " is not among the clusters the job "
                    + "allows " + demand.clusters().stream().sorted().toList() + "; add it to consider it"));
        }
        labels(cluster, demand, reasons);
        boolean tooLarge = tooLarge(cluster, group, reasons);
        availability(cluster, reasons);
        if (cluster.snapshot().isIn(demand.notOn())) {
            reasons.add(new Reason(name, ReasonCode.EXCLUDED,
                    name + " is excluded for this job; take it off the job's exclusions to consider it"));
        }
        maintenance(cluster, group, reasons);
        if (!tooLarge) {
            room(cluster, group, planned, mayStart, reasons);
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

    private boolean tooLarge(ClusterState cluster, JobGroup group, List<Reason> reasons) {
        if (Amounts.fits(group.need, cluster.capacity())) {
            return false;
        }
        reasons.add(new Reason(cluster.name(), ReasonCode.TOO_LARGE,
                cluster.name() + " has " + wording.all(cluster.capacity()) + " in all and the job asks for "
                        + wording.all(group.need) + "; no waiting helps, ask for at most "
                        + wording.all(smaller(group.need, cluster.capacity()))));
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
            case NO_METRICS -> reasons.add(new Reason(name, ReasonCode.NO_METRICS, name
                    + " has no fresh and sane metrics, which never counts as idle; it is considered again once they arrive"));
        }
    }

    private void maintenance(ClusterState cluster, JobGroup group, List<Reason> reasons) {
        long clear = queue.windows().clearFrom(cluster, now, group.limitMillis);
        if (clear == now) {
            return;
        }
        long next = queue.windows().of(cluster).stream().filter(window -> window.to().toEpochMilli() > now)
                .mapToLong(window -> window.from().toEpochMilli()).min().orElse(now);
        String name = cluster.name();
        reasons.add(new Reason(name, ReasonCode.MAINTENANCE, next <= now
                ? name + " is in maintenance; the job can start there at " + wording.moment(clear)
                : name + " goes into maintenance at " + wording.moment(next) + " and the job may run for "
                        + Wording.length(group.limitMillis) + "; a time limit of at most " + Wording.length(next - now)
                        + " ends before, else it can start at " + wording.moment(clear)));
    }

    private void room(ClusterState cluster, JobGroup group, @Nullable PlannedStart planned, boolean mayStart,
            List<Reason> reasons) {
        String name = cluster.name();
        boolean onlyThis = reasons.isEmpty() && mayStart;
        PlannedStart here = planned != null && planned.cluster().equals(name) ? planned : null;
        if (!Amounts.fits(group.need, cluster.free())) {
            String until = here != null
                    ? "until about " + wording.moment(here.at().toEpochMilli())
                            + ", when this job is planned to start"
                    : releasesOf(cluster).firstFit(group.need).stream()
                            .mapToObj(
                                    at -> "until about " + wording.moment(at) + " by what is known of the running jobs")
                            .findFirst().orElse("and no known end of a running job brings them");
            reasons.add(new Reason(name, ReasonCode.RESOURCES, name + " lacks "
                    + wording.lacking(group.need, cluster.free()) + " " + until
                    + (onlyThis ? smallerJob(cluster, group) : "")));
        } else if (here != null) {
            reasons.add(new Reason(name, ReasonCode.PRIORITY, name
                    + " has room now that jobs ahead need before this one would end; planned to start at "
                    + wording.moment(here.at().toEpochMilli())));
        } else if (onlyThis) {
            reasons.add(new Reason(name, ReasonCode.PRIORITY, kept(cluster, group)));
        }
    }

    private String kept(ClusterState cluster, JobGroup group) {
        Reservation made = reservation;
        if (made != null && made.cluster() == cluster) {
            long left = made.startMillis() - now;
            boolean bySeconds = left >= 1000 && group.first().options().expectedRun() == null;
            return cluster.name() + " has room now but keeps it for " + made.jobId() + ", planned to start at "
                    + wording.moment(made.startMillis())
                    + (bySeconds
                            ? "; with a time limit of at most " + Wording.length(left) + " it would start now"
                            : "");
        }
        return queue.policy().reserving() == Reserving.STRICT
                ? cluster.name() + " has room, but a job ahead does not fit yet and this policy lets nobody pass; it "
                        + "goes on once that job has started"
                : cluster.name() + " has room that jobs ahead need before this one would end; it starts after them";
    }

    private String smallerJob(ClusterState cluster, JobGroup group) {
        Reserving reserving = queue.policy().reserving();
        if (reserving == Reserving.STRICT || reserving == Reserving.CONSERVATIVE) {
            return "";
        }
        long[] room = smaller(group.need, cluster.free());
        Reservation made = reservation;
        if (made != null && made.cluster() == cluster && !made.jobId().equals(group.first().jobId())
                && now + group.runMillis > made.startMillis()) {
            room = smaller(room, made.extra());
        }
        for (int dimension = 0; dimension < group.need.length; dimension++) {
            if (group.need[dimension] > 0 && room[dimension] <= 0) {
                return "";
            }
        }
        return "; a job of " + wording.all(room) + " would start now";
    }

    private Releases releasesOf(ClusterState cluster) {
        return releases.computeIfAbsent(cluster, state -> new Releases(state, now));
    }

    private static long[] smaller(long[] one, long[] other) {
        long[] smaller = one.clone();
        for (int dimension = 0; dimension < one.length; dimension++) {
            smaller[dimension] = Math.max(0, Math.min(one[dimension], Amounts.at(other, dimension)));
        }
        return smaller;
    }
}

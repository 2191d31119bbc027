package io.stepyard.api.clusters;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.Maintenance;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cluster.
 *
 * @param status whether new jobs can start there, and if not, why
 * @param reserved what live attempts hold of it, by the ledger
 * @param used live use at {@code sampledAt}; null when unknown, which never means 0
 * @param detail what is wrong, or why it is drained; empty when nothing is
 * @param windows maintenance that is planned or under way
 * @param registeredBy OPERATOR or CLUSTERS_FILE
 * @param liveJobs how many jobs hold resources there
 */
public record ClusterView(String name, String kind, String endpoint, Map<String, String> labels, Status status,
        Amount capacity, Amount reserved, @Nullable Amount used, @Nullable Instant sampledAt, String detail,
        long liveJobs, List<WindowView> windows, ClusterRecord.Origin registeredBy) {

    /** What a cluster can be, as operators see it: a drain is told before its health. */
    public enum Status {
        HEALTHY, UNREACHABLE, NO_METRICS, DRAINED,
        /** A maintenance window is open: nothing starts before its end. */
        MAINTENANCE
    }

    /** From inclusive, to exclusive. */
    public record WindowView(Instant from, Instant to, String reason) {}

    /** An amount of cpu and memory. */
    public record Amount(long cpuMillicores, long memoryMib) {

        private static Amount of(Resources resources) {
            return new Amount(resources.cpuMillicores(), resources.memoryMib());
        }
    }

    static ClusterView of(ClusterRecord cluster, long liveJobs, Instant now) {
        ClusterRecord.Health health = cluster.health();
        Resources used = health.used();
        return new ClusterView(cluster.name(), cluster.kind(), cluster.endpoint().toString(), cluster.labels(),
                status(cluster, now), Amount.of(cluster.capacity()), Amount.of(cluster.reserved()),
                used == null ? null : Amount.of(used), health.sampledAt(),
                detail(cluster, now), liveJobs, cluster.windows().stream().filter(window -> window.to().isAfter(now))
                        .map(window -> new WindowView(window.from(), window.to(), window.reason())).toList(),
                cluster.origin());
    }

    private static Optional<Maintenance> open(ClusterRecord cluster, Instant now) {
        return cluster.windows().stream().filter(window -> !window.from().isAfter(now) && window.to().isAfter(now))
                .findFirst();
    }

    private static Status status(ClusterRecord cluster, Instant now) {
        if (cluster.drained()) {
            return Status.DRAINED;
        }
        if (open(cluster, now).isPresent()) {
            return Status.MAINTENANCE;
        }
        return switch (cluster.health().status()) {
            case HEALTHY -> Status.HEALTHY;
            case UNREACHABLE -> Status.UNREACHABLE;
            case NO_METRICS -> Status.NO_METRICS;
        };
    }

    private static String detail(ClusterRecord cluster, Instant now) {
        String why = cluster.drainReason();
        if (cluster.drained() && why != null) {
            return why;
        }
        return open(cluster, now).map(window -> window.reason() + ", until " + window.to())
                .orElse(cluster.health().detail());
    }
}

package io.stepyard.api.clusters;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cluster.
 *
 * @param status whether new jobs can start there, and if not, why
 * @param reserved what live attempts hold of it, by the ledger
 * @param used live use at {@code sampledAt}; null when unknown, which never means 0
 * @param detail what is wrong, or why it is drained; empty when nothing is
 * @param liveJobs how many jobs hold resources there
 */
public record ClusterView(String name, String kind, String endpoint, Map<String, String> labels, Status status,
        Amount capacity, Amount reserved, @Nullable Amount used, @Nullable Instant sampledAt, String detail,
        long liveJobs) {

    /** What a cluster can be, as operators see it: a drain is told before its health. */
    public enum Status {
        HEALTHY, UNREACHABLE, NO_METRICS, DRAINED
    }

    /** An amount of cpu and memory. */
    public record Amount(long cpuMillicores, long memoryMib) {

        private static Amount of(Resources resources) {
            return new Amount(resources.cpuMillicores(), resources.memoryMib());
        }
    }

    static ClusterView of(ClusterRecord cluster, long liveJobs) {
        ClusterRecord.Health health = cluster.health();
        Resources used = health.used();
        return new ClusterView(cluster.name(), cluster.kind(), cluster.endpoint().toString(), cluster.labels(),
                status(cluster), Amount.of(cluster.capacity()), Amount.of(cluster.reserved()),
                used == null ? null : Amount.of(used), health.sampledAt(), detail(cluster), liveJobs);
    }

    private static Status status(ClusterRecord cluster) {
        if (cluster.drained()) {
            return Status.DRAINED;
        }
        return switch (cluster.health().status()) {
            case HEALTHY -> Status.HEALTHY;
            case UNREACHABLE -> Status.UNREACHABLE;
            case NO_METRICS -> Status.NO_METRICS;
        };
    }

    private static String detail(ClusterRecord cluster) {
        String why = cluster.drainReason();
        return cluster.drained() && why != null ? why : cluster.health().detail();
    }
}

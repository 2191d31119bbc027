package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Reply;
import io.stepyard.clusters.call.Nonsense;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.model.resource.Resources;
import java.time.Instant;

/** What a cluster's metrics page says. Pure. Rounding never makes room: capacity is rounded down, use is rounded up. */
final class MetricsAnswer {

    private static final double MAX_CORES = 10_000_000;
    private static final double MAX_BYTES = 1e18;
    /** The year 5138: later is no time stamp in seconds. */
    private static final double MAX_SECONDS = 1e11;
    private static final double BYTES_PER_MIB = 1024.0 * 1024;
    /** Sums of decimal cores are off by less than this in millicores; one byte is more than this in MiB. */
    private static final double ROUNDING = 1e-7;

    private MetricsAnswer() {}

    static ClusterSample sample(Reply reply) {
        if (reply.status() != 200) {
            throw Nonsense.answer("a metrics page", reply);
        }
        PrometheusPage page = PrometheusPage.parse(reply.text());
        Resources capacity = new Resources(
                down(page.number("stepyard_cluster_cpu_capacity_cores", MAX_CORES) * 1000),
                down(page.number("stepyard_cluster_memory_capacity_bytes", MAX_BYTES) / BYTES_PER_MIB));
        if (capacity.cpuMillicores() == 0 || capacity.memoryMib() == 0) {
            throw Nonsense.text("a capacity above 0", capacity.toString());
        }
        Resources used = new Resources(up(page.number("stepyard_cluster_cpu_used_cores", MAX_CORES) * 1000),
                up(page.number("stepyard_cluster_memory_used_bytes", MAX_BYTES) / BYTES_PER_MIB));
        double seconds = page.number("stepyard_cluster_sample_timestamp_seconds", MAX_SECONDS);
        return new ClusterSample(capacity, used, Instant.ofEpochMilli(Math.round(seconds * 1000)));
    }

    private static long down(double amount) {
        return (long) Math.floor(amount + ROUNDING);
    }

    private static long up(double amount) {
        return (long) Math.ceil(amount - ROUNDING);
    }
}

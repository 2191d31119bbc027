package io.stepyard.clusters.prometheus;

import io.stepyard.clusters.call.Authorisation;
import io.stepyard.clusters.call.Call;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.resource.Resources;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Takes a cluster's live metrics from a Prometheus (A23), where the cluster's options name one. Safe for many threads. */
public final class PrometheusMetrics {

    private static final double MAX_CORES = 10_000_000;
    private static final double MAX_BYTES = 1e18;
    /** The year 5138: later is no time stamp in seconds. */
    private static final double MAX_SECONDS = 1e11;
    private static final double BYTES_PER_MIB = 1024.0 * 1024;
    /** Sums of decimal cores are off by less than this in millicores. */
    private static final double ROUNDING = 1e-7;

    private final ClusterCalls calls;

    /** @param calls closed by whoever made it */
    public PrometheusMetrics(ClusterCalls calls) {
        this.calls = calls;
    }

    /**
     * @return empty when the cluster's metrics come from the cluster itself
     * @throws ClusterUnavailable when there is no usable number for one of them
     */
    public Optional<ClusterSample> sample(ClusterRecord cluster) {
        return PrometheusQueries.of(cluster).map(queries -> sample(cluster, queries));
    }

    private ClusterSample sample(ClusterRecord cluster, PrometheusQueries queries) {
        // A guard of its own: a Prometheus that is down says nothing of the cluster's API, nor the other way round.
        ClusterRecord server = new ClusterRecord(cluster.name() + " (Prometheus)", cluster.version(), cluster.kind(),
                queries.server(), cluster.capacity(), cluster.labels(), queries.callOptions(), cluster.drained(),
                cluster.drainReason(), cluster.reserved(), cluster.health());
        Resources capacity = new Resources(
                down(ask(server, "cpuCapacityQuery", queries.cpuCapacity(), MAX_CORES) * 1000),
                down(ask(server, "memoryCapacityQuery", queries.memoryCapacity(), MAX_BYTES) / BYTES_PER_MIB));
        if (capacity.cpuMillicores() == 0 || capacity.memoryMib() == 0) {
            throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NONSENSE, server,
                    "expected a capacity above 0, but found " + capacity, null);
        }
        Resources used = new Resources(up(ask(server, "cpuUsedQuery", queries.cpuUsed(), MAX_CORES) * 1000),
                up(ask(server, "memoryUsedQuery", queries.memoryUsed(), MAX_BYTES) / BYTES_PER_MIB));
        double seconds = ask(server, "sampledAtQuery", queries.sampledAt(), MAX_SECONDS);
        return new ClusterSample(capacity, used, Instant.ofEpochMilli(Math.round(seconds * 1000)));
    }

    private double ask(ClusterRecord server, String what, String query, double most) {
        Reply reply = calls.call(server,
                Call.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)),
                Authorisation.BEARER);
        try {
            return PrometheusAnswer.number(what, reply, most);
        } catch (ClusterUnavailable nonsense) {
            throw ClusterCalls.unavailable(nonsense.kind(), server, String.valueOf(nonsense.getMessage()), nonsense);
        }
    }

    private static long down(double amount) {
        return (long) Math.floor(amount + ROUNDING);
    }

    private static long up(double amount) {
        return (long) Math.ceil(amount - ROUNDING);
    }
}

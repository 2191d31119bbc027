package io.stepyard.clusters.prometheus;

import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a cluster whose live metrics come from a Prometheus.
 *
 * @param server option {@code prometheus}: its base address
 * @param cpuCapacity option {@code cpuCapacityQuery}: one number, in cores
 * @param cpuUsed option {@code cpuUsedQuery}: one number, in cores
 * @param memoryCapacity option {@code memoryCapacityQuery}: one number, in bytes
 * @param memoryUsed option {@code memoryUsedQuery}: one number, in bytes
 * @param sampledAt option {@code sampledAtQuery}: seconds since 1970 at which the oldest of the samples was taken. Prometheus gives a value
 *            for minutes after its last sample, with the time of the question; so without this option it is asked for
 *            {@code min(timestamp(cpuUsedQuery))}, which is right where that query is a plain series
 * @param callOptions how the server is called: options {@code prometheusCredentials} and {@code prometheusCa}, as for a cluster
 */
record PrometheusQueries(URI server, String cpuCapacity, String cpuUsed, String memoryCapacity, String memoryUsed,
        String sampledAt, Map<String, String> callOptions) {

    static final String SERVER = "prometheus";

    /** Empty when the cluster's metrics come from elsewhere. */
    static Optional<PrometheusQueries> of(ClusterRecord cluster) {
        Map<String, String> options = cluster.options();
        if (!options.containsKey(SERVER)) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        for (String query : List.of("cpuCapacityQuery", "cpuUsedQuery", "memoryCapacityQuery", "memoryUsedQuery")) {
            if (options.getOrDefault(query, "").isBlank()) {
                missing.add(query);
            }
        }
        if (!missing.isEmpty()) {
            throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    "expected the options " + String.join(", ", missing) + " beside " + SERVER + ", but found nothing",
                    null);
        }
        String used = options.getOrDefault("cpuUsedQuery", "");
        return Optional.of(new PrometheusQueries(server(cluster), options.getOrDefault("cpuCapacityQuery", ""), used,
                options.getOrDefault("memoryCapacityQuery", ""), options.getOrDefault("memoryUsedQuery", ""),
                options.getOrDefault("sampledAtQuery", "min(timestamp(" + used + "))"), callOptions(options)));
    }

    private static Map<String, String> callOptions(Map<String, String> options) {
        Map<String, String> call = new HashMap<>();
        Map.of("prometheusCredentials", "credentials", "prometheusCa", "ca").forEach((ours, its) -> {
            String value = options.get(ours);
            if (value != null) {
                call.put(its, value);
            }
        });
        return call;
    }

    private static URI server(ClusterRecord cluster) {
        String address = cluster.options().getOrDefault(SERVER, "");
        try {
            return URI.create(address);
        } catch (IllegalArgumentException malformed) {
            throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NOT_SENT, cluster,
                    "expected an address in the option " + SERVER + ", but found '" + address + "'", malformed);
        }
    }
}

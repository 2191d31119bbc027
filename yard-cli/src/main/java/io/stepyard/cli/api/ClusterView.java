package io.stepyard.cli.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One registered cluster.
 *
 * @param status HEALTHY, UNREACHABLE, NO_METRICS, DRAINED or MAINTENANCE
 * @param used live use; null when there is no fresh measurement, which is not the same as no use
 */
public record ClusterView(String name, String kind, @Nullable String endpoint, Map<String, String> labels,
        String status, @Nullable Amounts capacity, @Nullable Amounts reserved, @Nullable Amounts used,
        @Nullable Instant sampledAt, @Nullable String detail, int liveJobs, List<Window> windows,
        @Nullable String registeredBy) {

    /** Maintenance, planned or under way. */
    public record Window(Instant from, Instant to, String reason) {}

    public ClusterView {
        windows = List.copyOf(Objects.requireNonNullElse(windows, List.of()));
        labels = Collections
                .unmodifiableSortedMap(new TreeMap<>(Objects.requireNonNullElse(labels, Map.<String, String>of())));
    }
}

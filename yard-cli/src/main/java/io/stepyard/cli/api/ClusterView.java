package io.stepyard.cli.api;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One registered cluster.
 *
 * @param status HEALTHY, UNREACHABLE, NO_METRICS or DRAINED
 * @param used live use; null when there is no fresh measurement, which is not the same as no use
 */
public record ClusterView(String name, String kind, @Nullable String endpoint, Map<String, String> labels,
        String status, @Nullable Amounts capacity, @Nullable Amounts reserved, @Nullable Amounts used,
        @Nullable Instant sampledAt, @Nullable String detail, int liveJobs) {

    public ClusterView {
        labels = Collections
                .unmodifiableSortedMap(new TreeMap<>(Objects.requireNonNullElse(labels, Map.<String, String>of())));
    }
}

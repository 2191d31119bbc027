package io.stepyard.cli.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Live jobs, then waiting ones in queue order, and how many jobs are in each state. */
public record QueueView(List<JobSummary> items, Map<String, Long> counts) {

    public QueueView {
        items = List.copyOf(Objects.requireNonNullElse(items, List.of()));
        counts = Collections
                .unmodifiableSortedMap(new TreeMap<>(Objects.requireNonNullElse(counts, Map.<String, Long>of())));
    }
}

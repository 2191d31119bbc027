package io.stepyard.scheduler;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The maintenance windows, by cluster and start. */
final class Windows {

    private final Map<String, List<PassTerms.Window>> byCluster = new HashMap<>();

    Windows(List<PassTerms.Window> windows) {
        windows.stream().sorted(Comparator.comparing(PassTerms.Window::from))
                .forEach(window -> byCluster.merge(window.cluster(), List.of(window), Windows::both));
    }

    private static List<PassTerms.Window> both(List<PassTerms.Window> some, List<PassTerms.Window> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Those of the cluster, and of the one that it is a partition of, by start. */
    List<PassTerms.Window> of(ClusterState cluster) {
        List<PassTerms.Window> own = byCluster.getOrDefault(cluster.name(), List.of());
        String whole = cluster.snapshot().partitionOf();
        if (whole == null || !byCluster.containsKey(whole)) {
            return own;
        }
        return Stream.concat(own.stream(), byCluster.getOrDefault(whole, List.of()).stream())
                .sorted(Comparator.comparing(PassTerms.Window::from)).toList();
    }

    /** The first moment from {@code fromMillis} on at which a run of that length stays clear of every window. */
    long clearFrom(ClusterState cluster, long fromMillis, long lengthMillis) {
        long start = fromMillis;
        if (byCluster.isEmpty()) {
            return start;
        }
        for (PassTerms.Window window : of(cluster)) {
            if (start < window.to().toEpochMilli() && start + lengthMillis > window.from().toEpochMilli()) {
                start = window.to().toEpochMilli();
            }
        }
        return start;
    }
}

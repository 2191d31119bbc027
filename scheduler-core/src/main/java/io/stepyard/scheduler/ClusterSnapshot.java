package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pass knows of one cluster, or of one partition of a cluster: then the name is the partition's own, such as
 * {@code zurich/gpu}, and whatever names the cluster means all of its partitions. Partitions share no capacity.
 *
 * @param capacity all of it, free or not
 * @param usable what may be given away now: capacity − max(ledger, live use + grants newer than the sample)
 * @param labels labels that jobs can ask for
 * @param availability whether anything may be placed there at all
 * @param extraCapacity further dimensions (gpu, licences) by name, free or not
 * @param extraUsable what of them may be given away now
 * @param partitionOf the cluster that this is a partition of; null when it is a whole cluster
 */
public record ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
        Availability availability, Map<String, Long> extraCapacity, Map<String, Long> extraUsable,
        @Nullable String partitionOf) {

    public ClusterSnapshot {
        labels = Map.copyOf(labels);
        extraCapacity = Map.copyOf(extraCapacity);
        extraUsable = Map.copyOf(extraUsable);
    }

    public ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
            Availability availability) {
        this(name, capacity, usable, labels, availability, Map.of(), Map.of());
    }

    public ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
            Availability availability, Map<String, Long> extraCapacity, Map<String, Long> extraUsable) {
        this(name, capacity, usable, labels, availability, extraCapacity, extraUsable, null);
    }

    /** The same as a partition of a cluster. */
    public ClusterSnapshot asPartitionOf(String cluster) {
        return new ClusterSnapshot(name, capacity, usable, labels, availability, extraCapacity, extraUsable, cluster);
    }

    /** Whether a list of clusters names it, or the cluster that it is a partition of. */
    boolean isIn(Set<String> names) {
        return !names.isEmpty() && (names.contains(name) || (partitionOf != null && names.contains(partitionOf)));
    }

    /** Whether a cluster takes new jobs. */
    public enum Availability {
        OPEN,
        /** An operator drains it: running jobs finish, nothing new starts. */
        DRAINED,
        /** It cannot be reached. */
        UNREACHABLE,
        /** Its metrics are missing, stale or absurd. Missing never means idle. */
        NO_METRICS
    }
}

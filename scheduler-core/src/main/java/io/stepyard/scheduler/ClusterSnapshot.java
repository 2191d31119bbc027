package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.util.Map;

/**
 * What a pass knows of one cluster. A partition of a cluster is given as a snapshot of its own.
 *
 * @param capacity all of it, free or not
 * @param usable what may be given away now: capacity − max(ledger, live use + grants newer than the sample)
 * @param labels labels that jobs can ask for
 * @param availability whether anything may be placed there at all
 * @param extraCapacity further dimensions (gpu, licences) by name, free or not
 * @param extraUsable what of them may be given away now
 */
public record ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
        Availability availability, Map<String, Long> extraCapacity, Map<String, Long> extraUsable) {

    public ClusterSnapshot {
        labels = Map.copyOf(labels);
        extraCapacity = Map.copyOf(extraCapacity);
        extraUsable = Map.copyOf(extraUsable);
    }

    public ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
            Availability availability) {
        this(name, capacity, usable, labels, availability, Map.of(), Map.of());
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

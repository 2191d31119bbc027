package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.util.Map;

/**
 * What a pass knows of one cluster.
 *
 * @param capacity all of it, free or not
 * @param usable what may be given away now: capacity − max(ledger, live use + grants newer than the sample)
 * @param labels labels that jobs can ask for
 * @param availability whether anything may be placed there at all
 */
public record ClusterSnapshot(String name, Resources capacity, Resources usable, Map<String, String> labels,
        Availability availability) {

    public ClusterSnapshot {
        labels = Map.copyOf(labels);
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

package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Map;

/**
 * A job that holds resources on a cluster.
 *
 * @param expectedEnd the latest moment at which it will have ended by its time limit, or an earlier predicted one
 * @param extras further dimensions it holds, by name
 */
public record RunningJob(String jobId, String cluster, Resources resources, Instant expectedEnd, String tenant,
        Map<String, Long> extras) {

    public RunningJob {
        extras = Map.copyOf(extras);
    }

    public RunningJob(String jobId, String cluster, Resources resources, Instant expectedEnd, String tenant) {
        this(jobId, cluster, resources, expectedEnd, tenant, Map.of());
    }
}

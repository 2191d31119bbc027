package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A job in the queue, as a pass sees it.
 *
 * @param enqueuedAt when it joined the queue this time
 * @param clusters clusters it may run on; empty means any
 * @param labels labels its cluster must carry
 * @param notOn clusters it must not run on, for instance after a failure there
 * @param attributes whatever else the job carried (A19)
 */
public record WaitingJob(String jobId, int priority, Instant enqueuedAt, Resources resources, Duration timeLimit,
        String tenant,
        Set<String> clusters, Map<String, String> labels, Set<String> notOn, Map<String, Object> attributes) {

    public WaitingJob {
        clusters = Set.copyOf(clusters);
        labels = Map.copyOf(labels);
        notOn = Set.copyOf(notOn);
    }
}

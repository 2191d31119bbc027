package io.stepyard.scheduler;

import java.time.Instant;
import java.util.List;

/**
 * Everything a pass may look at.
 *
 * @param waiting jobs in any order; the policy orders them
 * @param now the moment of the pass
 * @param terms quotas, weights, usage of the tenants, and maintenance windows
 */
public record PassInput(List<WaitingJob> waiting, List<RunningJob> running, List<ClusterSnapshot> clusters, Instant now,
        PassTerms terms) {

    public PassInput {
        waiting = List.copyOf(waiting);
        running = List.copyOf(running);
        clusters = List.copyOf(clusters);
    }

    public PassInput(List<WaitingJob> waiting, List<RunningJob> running, List<ClusterSnapshot> clusters, Instant now) {
        this(waiting, running, clusters, now, PassTerms.NONE);
    }
}

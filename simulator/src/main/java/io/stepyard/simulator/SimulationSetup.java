package io.stepyard.simulator;

import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.Policy;
import java.util.List;

/**
 * What is simulated beside the jobs.
 *
 * @param policy the production policy under test
 * @param clusters all free at the start
 * @param prediction how long jobs are expected to run
 * @param terms quotas, weights, windows
 */
public record SimulationSetup(Policy policy, List<ClusterSnapshot> clusters, Mode mode, Prediction prediction,
        PassTerms terms) {

    public SimulationSetup {
        clusters = List.copyOf(clusters);
    }

    public SimulationSetup(Policy policy, List<ClusterSnapshot> clusters) {
        this(policy, clusters, Mode.PER_TIMESTAMP, Prediction.REQUEST, PassTerms.NONE);
    }

    /** When passes happen. */
    public enum Mode {
        /** All ends, then all submissions of a moment, then one pass. */
        PER_TIMESTAMP,
        /** A pass after every single event: expired predictions (no pass), submissions, ends. */
        PER_EVENT,
        /** As {@link #PER_EVENT}, but a submission causes a pass only when the new job would fit. */
        PER_EVENT_THAT_FITS
    }
}

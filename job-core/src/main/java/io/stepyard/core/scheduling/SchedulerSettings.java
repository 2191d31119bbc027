package io.stepyard.core.scheduling;

import io.stepyard.scheduler.Policies;
import java.time.Duration;

/**
 * What an operator may set of the queue manager.
 *
 * @param policy name of the scheduling policy
 * @param depth waiting jobs a pass reads, from the head of the queue; jobs behind them wait unexamined
 * @param leaseLength how long one scheduler owns the queue without renewing it
 * @param sampleEvery how old a cluster's metrics may be before they are taken anew
 * @param sampleMaxAge how old they may be at all; older ones place nothing there (decision 4)
 * @param lookAgainAfter pause before a cluster that gave no usable answer is asked again
 * @param signalAgainAfter a grant whose execution has not moved by then is signalled again
 * @param prediction what expected starts of waiting jobs go by; the pass itself always goes by time limits
 * @param usageStoredEvery how often the account of what tenants have used is written to the store
 */
public record SchedulerSettings(String policy, int depth, Duration leaseLength, Duration sampleEvery,
        Duration sampleMaxAge,
        Duration lookAgainAfter, Duration signalAgainAfter, Prediction prediction, Duration usageStoredEvery) {

    public static final SchedulerSettings DEFAULT = new SchedulerSettings(Policies.DEFAULT, 1_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(1), Duration.ofSeconds(120), Duration.ofSeconds(5), Duration.ofSeconds(30),
            Prediction.LAST_TWO, Duration.ofSeconds(60));

    public SchedulerSettings {
        if (depth < 1) {
            throw new IllegalArgumentException("Expected a depth of 1 or more, but found " + depth);
        }
    }

    /** What is expected of a run. */
    public enum Prediction {
        /** Its time limit. */
        LIMIT,
        /** The mean of the last two similar jobs, up to its time limit. */
        LAST_TWO;

        /** @throws IllegalArgumentException naming what is expected */
        public static Prediction named(String text) {
            return switch (text) {
                case "limit" -> LIMIT;
                case "last-two" -> LAST_TWO;
                default -> throw new IllegalArgumentException(
                        "Expected a prediction out of limit and last-two, but found '" + text + "'");
            };
        }
    }
}

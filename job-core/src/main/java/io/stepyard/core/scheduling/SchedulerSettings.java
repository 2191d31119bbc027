package io.stepyard.core.scheduling;

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
 */
public record SchedulerSettings(String policy, int depth, Duration leaseLength, Duration sampleEvery,
        Duration sampleMaxAge,
        Duration lookAgainAfter, Duration signalAgainAfter) {

    public static final SchedulerSettings DEFAULT = new SchedulerSettings("source", 1_000, Duration.ofSeconds(60),
            Duration.ofSeconds(1), Duration.ofSeconds(120), Duration.ofSeconds(5), Duration.ofSeconds(30));

    public SchedulerSettings {
        if (depth < 1) {
            throw new IllegalArgumentException("Expected a depth of 1 or more, but found " + depth);
        }
    }
}

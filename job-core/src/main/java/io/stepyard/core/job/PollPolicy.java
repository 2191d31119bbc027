package io.stepyard.core.job;

import java.time.Duration;

/**
 * How long the state machine waits between two looks at a job.
 *
 * @param configured shortest wait, 1 s or more (A17)
 * @param fraction part of the time the job has been on its clusters so far, running, pending or out of sight; 0.005 keeps a year of that within
 *        25,000 history events (I-7)
 */
public record PollPolicy(Duration configured, double fraction) {

    public static final PollPolicy DEFAULT = new PollPolicy(Duration.ofSeconds(30), 0.005);

    public PollPolicy {
        if (configured.toSeconds() < 1) {
            throw new IllegalArgumentException("Expected a poll wait of 1 s or more, but found " + configured);
        }
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("Expected a poll fraction from 0 to 1, but found " + fraction);
        }
    }

    /** Whole seconds, rounded up. */
    public int waitSeconds(Duration onClusterSoFar) {
        long byFraction = (long) Math.ceil(onClusterSoFar.toMillis() / 1000.0 * fraction);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(configured.plusMillis(999).toSeconds(), byFraction));
    }
}

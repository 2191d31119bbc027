package io.stepyard.model.job;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How often, how soon and after which failures a job is tried again (A16, A17).
 *
 * @param maxAttempts attempts in all, the first included, 1 to {@value #MAX_ATTEMPTS_LIMIT}
 * @param backoff wait before the second attempt
 * @param backoffRate factor from each wait to the next, 1 or more
 * @param on classes of failure after which a further attempt is made
 */
public record RetryPolicy(int maxAttempts, Duration backoff, double backoffRate, Set<FailureClass> on) {

    public static final int MAX_ATTEMPTS_LIMIT = 10;
    public static final Duration MAX_BACKOFF = Duration.ofHours(24);

    /** What a job gets that says nothing: the world's failures are tried again, the job's own are not. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofSeconds(10), 2.0,
            EnumSet.of(FailureClass.INFRASTRUCTURE, FailureClass.LOST, FailureClass.REFUSED));

    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS_LIMIT) {
            throw new IllegalArgumentException(
                    "Expected maxAttempts from 1 to " + MAX_ATTEMPTS_LIMIT + ", but found " + maxAttempts);
        }
        if (backoff.isNegative() || backoff.compareTo(MAX_BACKOFF) > 0) {
            throw new IllegalArgumentException(
                    "Expected a backoff from 0 to " + MAX_BACKOFF + ", but found " + backoff);
        }
        if (!(backoffRate >= 1.0 && backoffRate <= 10.0)) {
            throw new IllegalArgumentException("Expected a backoffRate from 1 to 10, but found " + backoffRate);
        }
        on = Set.copyOf(on);
    }

    public boolean allowsAnother(int attemptsMade, FailureClass failure) {
        return attemptsMade < maxAttempts && on.contains(failure);
    }

    /** The wait after attempt number {@code attempt} (1 is the first) has failed, never above {@link #MAX_BACKOFF}. */
    public Duration backoffAfter(int attempt) {
        double millis = backoff.toMillis() * Math.pow(backoffRate, Math.max(0, attempt - 1));
        return millis >= MAX_BACKOFF.toMillis() ? MAX_BACKOFF : Duration.ofMillis((long) millis);
    }
}

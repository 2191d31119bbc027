package io.stepyard.clusters.call;

import java.time.Duration;

/**
 * Bounds of every call to a cluster. They have to stay below the time-out of the function that makes it.
 *
 * @param requestTimeout from sending to the last byte of the answer; also the longest wait for a free place among the calls
 * @param maxConcurrentCalls calls under way at one cluster, long polls not counted
 * @param maxBodyBytes a longer answer is nonsense
 * @param leaveAloneAfter this many calls in a row without any answer, and the cluster is left alone for a while
 * @param leaveAloneFor how long, until one call tries again
 */
public record CallSettings(Duration connectTimeout, Duration requestTimeout, int maxConcurrentCalls, long maxBodyBytes,
        int leaveAloneAfter, Duration leaveAloneFor) {

    public static final CallSettings DEFAULT = new CallSettings(Duration.ofSeconds(1), Duration.ofSeconds(3), 32,
            8L * 1024 * 1024, 10, Duration.ofSeconds(5));

    public CallSettings {
        if (connectTimeout.toMillis() < 1 || requestTimeout.toMillis() < 1 || maxConcurrentCalls < 1
                || maxBodyBytes < 1 || leaveAloneAfter < 1 || leaveAloneFor.toMillis() < 1) {
            throw new IllegalArgumentException("Expected bounds above 0, but found " + connectTimeout + ", "
                    + requestTimeout + ", " + maxConcurrentCalls + ", " + maxBodyBytes + ", " + leaveAloneAfter + ", "
                    + leaveAloneFor);
        }
    }

    public CallSettings withRequestTimeout(Duration timeout) {
        return new CallSettings(connectTimeout, timeout, maxConcurrentCalls, maxBodyBytes, leaveAloneAfter,
                leaveAloneFor);
    }
}

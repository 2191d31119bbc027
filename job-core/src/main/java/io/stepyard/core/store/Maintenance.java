package io.stepyard.core.store;

import java.time.Instant;

/**
 * A time in which nothing of ours runs on a cluster: nothing starts there that could not end before.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param reason why, for people
 */
public record Maintenance(Instant from, Instant to, String reason) {

    public Maintenance {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Expected a maintenance window that ends after it starts, but found " + from + " to " + to);
        }
    }
}

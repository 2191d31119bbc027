package io.stepyard.store.dynamodb;

import io.stepyard.core.store.StoreUnavailable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: up to a bound that doubles with each, drawn at random, so that those who were in each other's way are not
 * again.
 *
 * @param attempts in all, the first included
 * @param first bound of the first wait
 * @param longest bound of every wait
 */
public record Backoff(int attempts, Duration first, Duration longest, RandomGenerator random, Sleep sleep) {

    /** Eight attempts within about two seconds. */
    public static Backoff standard(RandomGenerator random) {
        return new Backoff(8, Duration.ofMillis(20), Duration.ofMillis(600), random, Thread::sleep);
    }

    /** How a thread waits. */
    @FunctionalInterface
    public interface Sleep {
        void sleep(Duration length) throws InterruptedException;
    }

    public Backoff {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Expected 1 attempt or more and 0 <= first <= longest, but found "
                    + attempts + ", " + first + ", " + longest);
        }
    }

    /** @param attempt the one that has just failed, 1 is the first */
    void waitAfter(int attempt) {
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        try {
            sleep.sleep(Duration.ofMillis(random.nextLong(bound + 1)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Interrupted while waiting to try DynamoDB again", interrupted);
        }
    }
}

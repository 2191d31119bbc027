package io.stepyard.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks at something outside this process again and again until it is as expected. */
final class Eventually {

    private static final long LOOK_EVERY_MILLIS = 50;

    private Eventually() {}

    /** The first value that is as expected; when none comes in time, the last one is in the message. */
    static <T> T within(Duration time, String what, Supplier<T> look, Predicate<T> expected) {
        long deadline = System.nanoTime() + time.toNanos();
        while (true) {
            T value = look.get();
            if (expected.test(value)) {
                return value;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "Expected within " + time.toSeconds() + " s: " + what + ", but found " + value);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            boolean never = new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (never) {
                throw new AssertionError("nobody counts this latch down");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}

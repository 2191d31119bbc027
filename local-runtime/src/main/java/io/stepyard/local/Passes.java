package io.stepyard.local;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts and times work that one thread does again and again; any thread may look. */
final class Passes {

    private final LongSupplier nanos;
    private long begun;
    private boolean working;
    private long good;
    private long goodNanos;
    private long failed;
    private long failedNanos;
    private long longestNanos;

    /** How many there were, and how long they took together. */
    record Total(long count, long nanos) {}

    Passes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void begin() {
        begun = nanos.getAsLong();
        working = true;
    }

    synchronized void end(boolean well) {
        long took = nanos.getAsLong() - begun;
        working = false;
        longestNanos = Math.max(longestNanos, took);
        if (well) {
            good++;
            goodNanos += took;
        } else {
            failed++;
            failedNanos += took;
        }
    }

    synchronized Total good() {
        return new Total(good, goodNanos);
    }

    synchronized Total failed() {
        return new Total(failed, failedNanos);
    }

    synchronized long longestNanos() {
        return longestNanos;
    }

    /** How long the one under way has taken so far. */
    synchronized Optional<Duration> underWay() {
        return working ? Optional.of(Duration.ofNanos(nanos.getAsLong() - begun)) : Optional.empty();
    }
}

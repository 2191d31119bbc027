package io.stepyard.api.jobs;

import io.stepyard.core.scheduling.ExplainQueue.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An explanation that is a moment old at the most: a whole pass is behind it, and many people may look at the queue at once. */
public final class CachedExplanation {

    private record Entry(Instant at, Explanation explanation) {}

    private final Supplier<Explanation> source;
    private final InstantSource clock;
    private final Duration maxAge;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Entry latest;

    public CachedExplanation(Supplier<Explanation> source, InstantSource clock, Duration maxAge) {
        this.source = source;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** Whoever comes while a pass is under way waits for it and shares its result. */
    public Explanation get() {
        Explanation fresh = fresh();
        if (fresh != null) {
            return fresh;
        }
        oneAtATime.lock();
        try {
            fresh = fresh();
            if (fresh != null) {
                return fresh;
            }
            Entry entry = new Entry(clock.instant(), source.get());
            latest = entry;
            return entry.explanation();
        } finally {
            oneAtATime.unlock();
        }
    }

    private @Nullable Explanation fresh() {
        Entry entry = latest;
        // A clock that went back makes an entry from the future: not fresh.
        return entry != null && !clock.instant().isBefore(entry.at())
                && Duration.between(entry.at(), clock.instant()).compareTo(maxAge) < 0 ? entry.explanation() : null;
    }
}

package io.stepyard.api.jobs;

import io.stepyard.scheduler.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reasons that are a moment old at the most: a whole pass is behind them, and many people may look at the queue at once. */
public final class CachedReasons implements WaitReasons {

    private record Entry(Instant at, Map<String, List<Reason>> reasons) {}

    private final WaitReasons source;
    private final InstantSource clock;
    private final Duration maxAge;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Entry latest;

    public CachedReasons(WaitReasons source, InstantSource clock, Duration maxAge) {
        this.source = source;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    @Override
    public Map<String, List<Reason>> now() {
        Map<String, List<Reason>> fresh = fresh();
        if (fresh != null) {
            return fresh;
        }
        oneAtATime.lock();
        try {
            // Somebody else may have looked while this caller waited for the lock.
            fresh = fresh();
            if (fresh != null) {
                return fresh;
            }
            Entry entry = new Entry(clock.instant(), Map.copyOf(source.now()));
            latest = entry;
            return entry.reasons();
        } finally {
            oneAtATime.unlock();
        }
    }

    private @Nullable Map<String, List<Reason>> fresh() {
        Entry entry = latest;
        // A clock that went back makes an entry from the future: not fresh.
        return entry != null && !clock.instant().isBefore(entry.at())
                && Duration.between(entry.at(), clock.instant()).compareTo(maxAge) < 0 ? entry.reasons() : null;
    }
}

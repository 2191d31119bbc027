package io.stepyard.local;

import io.stepyard.core.scheduling.SchedulerKick;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one piece of work again and again, never twice at a time: on a tick, and at once on a kick. However many kicks come while
 * it is being done, it is done once more afterwards. When it fails, that is logged and the next tick does it again.
 */
final class TickLoop implements SchedulerKick, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TickLoop.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Runnable work;
    private final Duration tick;
    private final Thread thread;
    private final Passes passes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean kicked;
    private boolean started;
    private boolean closing;

    TickLoop(String name, Runnable work, Duration tick) {
        this(name, work, tick, System::nanoTime);
    }

    /** @param nanos a clock that only runs forward, for how long the work takes */
    TickLoop(String name, Runnable work, Duration tick, LongSupplier nanos) {
        this.work = work;
        this.passes = new Passes(nanos);
        this.tick = tick;
        this.thread = Thread.ofPlatform().name(name).uncaughtExceptionHandler(
                (dead, error) -> LOG.error("The {} has ended and nothing takes its place", dead.getName(), error))
                .unstarted(this::run);
    }

    void start() {
        lock.lock();
        try {
            started = true;
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    @Override
    public void kick() {
        lock.lock();
        try {
            kicked = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How often the work has been done, and how long it took. */
    Passes passes() {
        return passes;
    }

    /**
     * Why this loop does not do its work; empty when it does, or was never started, or was closed.
     *
     * @param longest the work may take; when it takes longer, it is stuck
     */
    Optional<String> trouble(Duration longest) {
        lock.lock();
        try {
            if (!started || closing) {
                return Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        if (!thread.isAlive()) {
            return Optional.of("the thread " + thread.getName() + " has ended; its error is in the log");
        }
        return passes.underWay().filter(since -> since.compareTo(longest) > 0)
                .map(since -> "the thread " + thread.getName() + " has been at one pass for " + since.toSeconds()
                        + " s, longer than " + longest.toSeconds() + " s");
    }

    private void run() {
        while (awaitNext()) {
            passes.begin();
            boolean well = false;
            try {
                work.run();
                well = true;
            } catch (RuntimeException failed) {
                LOG.warn("The {} failed; the next tick tries again", thread.getName(), failed);
            } finally {
                passes.end(well);
            }
        }
    }

    /** False when it is not to be done again. */
    private boolean awaitNext() {
        lock.lock();
        try {
            long left = tick.toNanos();
            while (!kicked && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            kicked = false;
            return !closing;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets work that is under way end; none begins afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.isAlive() && !thread.join(CLOSE_WITHIN)) {
                LOG.warn("The {} did not end within {} s", thread.getName(), CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

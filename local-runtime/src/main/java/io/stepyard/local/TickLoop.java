package io.stepyard.local;

import io.stepyard.core.scheduling.SchedulerKick;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean kicked;
    private boolean closing;

    TickLoop(String name, Runnable work, Duration tick) {
        this.work = work;
        this.tick = tick;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
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

    private void run() {
        while (awaitNext()) {
            try {
                work.run();
            } catch (RuntimeException failed) {
                LOG.warn("The {} failed; the next tick tries again", thread.getName(), failed);
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

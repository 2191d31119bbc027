package io.stepyard.local;

import io.stepyard.core.scheduling.SchedulerKick;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scheduling passes, one at a time: on a tick, and at once on a kick. However many kicks come during a pass, one more pass
 * follows it. A pass that fails is logged and followed by the next tick's.
 */
final class SchedulerLoop implements SchedulerKick, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final Runnable pass;
    private final Duration tick;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean kicked;
    private boolean closing;

    SchedulerLoop(Runnable pass, Duration tick) {
        this.pass = pass;
        this.tick = tick;
        this.thread = Thread.ofPlatform().name("scheduler").unstarted(this::run);
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
                pass.run();
            } catch (RuntimeException failed) {
                LOG.warn("A scheduling pass failed; the next tick tries again", failed);
            }
        }
    }

    /** False when no further pass is to run. */
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

    /** Lets a pass that is under way end; none begins afterwards. */
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
                LOG.warn("A scheduling pass did not end within {} s", TimeUnit.NANOSECONDS.toSeconds(
                        CLOSE_WITHIN.toNanos()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

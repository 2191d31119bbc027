package io.stepyard.stepfunctions.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Real time: one platform thread for the turns, a virtual thread for each piece of background work. */
public final class WallTime implements Runner {
    private static final System.Logger LOG = System.getLogger(WallTime.class.getName());
    private static final int TURNS_IN_A_GROUP = 256;
    /** A clock that is set forward is noticed after this long at most. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LinkedBlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
    private final AlarmQueue alarms = new AlarmQueue();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService background = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("step-functions-task-", 0).factory());
    private final Thread thread;
    private @Nullable Runnable hook;

    /** Runs on this clock, which must go forward with real time. */
    public WallTime(InstantSource clock) {
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("step-functions-engine").daemon(true).unstarted(this::loop);
    }

    @Override
    public void afterTurns(Runnable afterTurns) {
        hook = afterTurns;
        thread.start();
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable turn) {
        if (closed.get()) {
            throw new IllegalStateException("the engine is closed");
        }
        turns.add(turn);
    }

    @Override
    public Alarm scheduleTurn(Instant due, Runnable turn) {
        return alarms.add(due, turn);
    }

    @Override
    public void background(Runnable work) {
        background.execute(work);
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    private void loop() {
        try {
            while (!closed.get() || !turns.isEmpty()) {
                runGroup();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void runGroup() throws InterruptedException {
        Runnable turn = turns.poll();
        if (turn == null) {
            turn = alarms.pollDue(clock.instant());
        }
        if (turn == null) {
            turn = turns.poll(sleepMillis(), TimeUnit.MILLISECONDS);
        }
        for (int count = 0; turn != null; count++) {
            runGuarded(turn);
            turn = count >= TURNS_IN_A_GROUP ? null : next();
        }
        if (hook != null) {
            hook.run();
        }
    }

    private static void runGuarded(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException | StackOverflowError fault) {
            // One turn's fault must not stop all others; whoever asked for an answer was told already.
            LOG.log(System.Logger.Level.ERROR, "a turn of the engine failed", fault);
        }
    }

    private @Nullable Runnable next() {
        Runnable due = alarms.pollDue(clock.instant());
        return due != null ? due : turns.poll();
    }

    private long sleepMillis() {
        Instant next = alarms.nextDue();
        if (next == null) {
            return LONGEST_SLEEP.toMillis();
        }
        // Rounded up, so that the alarm is due when the thread wakes.
        long millis = Duration.between(clock.instant(), next).plusNanos(999_999).toMillis();
        return Math.clamp(millis, 0, LONGEST_SLEEP.toMillis());
    }

    /** Runs what was handed in so far, then stops. Background work goes on until it ends by itself. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            turns.add(() -> {
            });
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            background.shutdown();
        }
    }
}

package io.stepyard.stepfunctions.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: a single-threaded, deterministic queue of things to do. Nothing happens by itself; {@link #run()} and its
 * like do what is ready and let the time jump to what is due next. The caller may put its own work into the same queue
 * with {@link #schedule}, so that a simulation and the engine share one order of events. Not thread safe.
 */
public final class VirtualTime implements Runner {
    private final AlarmQueue alarms = new AlarmQueue();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final ArrayDeque<Runnable> hooks = new ArrayDeque<>();
    private Instant now;
    private boolean inTurn;

    /** Starts at this instant. */
    public VirtualTime(Instant start) {
        this.now = start;
    }

    @Override
    public void afterTurns(Runnable hook) {
        hooks.add(hook);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Runs at once; from within a turn, when that turn is over. */
    @Override
    public void execute(Runnable turn) {
        if (inTurn) {
            ready.add(() -> execute(turn));
            return;
        }
        inTurn = true;
        try {
            turn.run();
        } finally {
            inTurn = false;
        }
        hooks.forEach(Runnable::run);
    }

    @Override
    public Alarm scheduleTurn(Instant due, Runnable turn) {
        return alarms.add(due, () -> execute(turn));
    }

    /** Does the caller's own work at an instant; it may call the engine. */
    public Alarm schedule(Instant due, Runnable work) {
        return alarms.add(due, work);
    }

    /** Puts work behind what is ready now. */
    @Override
    public void background(Runnable work) {
        ready.add(work);
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    /** Does the next thing that is ready now; answers whether there was one. Time stands still. */
    public boolean step() {
        Runnable next = ready.poll();
        if (next != null) {
            next.run();
            return true;
        }
        Runnable due = alarms.pollDue(now);
        if (due == null) {
            return false;
        }
        due.run();
        return true;
    }

    /** Does everything that is ready now. Time stands still. */
    public void settle() {
        while (step()) {
            // Each step may make more ready.
        }
    }

    /** When the next thing is due, or null where nothing is. */
    public @Nullable Instant nextDue() {
        return ready.isEmpty() ? alarms.nextDue() : now;
    }

    /** Does everything there is to do, jumping from alarm to alarm, until nothing is left. */
    public void run() {
        settle();
        for (Instant next = alarms.nextDue(); next != null; next = alarms.nextDue()) {
            now = next.isAfter(now) ? next : now;
            settle();
        }
    }

    /** Does everything that is due in this span and leaves the time at its end. */
    public void advance(Duration span) {
        advanceTo(now.plus(span));
    }

    /** Does everything that is due up to and including this instant and leaves the time there. */
    public void advanceTo(Instant end) {
        settle();
        for (Instant next = alarms.nextDue(); next != null && !next.isAfter(end); next = alarms.nextDue()) {
            now = next.isAfter(now) ? next : now;
            settle();
        }
        now = end.isAfter(now) ? end : now;
    }

    @Override
    public void close() {
        // Nothing to release; other users may share this time.
    }
}

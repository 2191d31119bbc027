package io.stepyard.simulator.world;

import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the product: each call of a function is one. There is one thread; a process that is paused lets time go on beneath it,
 * so that everybody else's work falls between two of its calls. It is also the clock the product reads, right or wrong.
 */
final class Processes implements InstantSource {

    /** Pauses within pauses; deeper ones do not happen, because each takes a part of the stack. */
    private static final int MAX_DEPTH = 3;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

    private final VirtualTime time;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private final Deque<Running> running = new ArrayDeque<>();
    private int paused;

    /**
     * What a process is.
     *
     * @param limit how long it may live
     * @param longestPause how long it may stand still at once
     * @param skew how wrong its clock may be, both ways
     */
    record Kind(String name, Duration limit, Duration longestPause, Duration skew) {}

    private static final class Running {
        private final Kind kind;
        private final Instant endsAt;
        private final Duration skew;
        private boolean dead;

        Running(Kind kind, Instant endsAt, Duration skew) {
            this.kind = kind;
            this.endsAt = endsAt;
            this.skew = skew;
        }
    }

    Processes(VirtualTime time, Faults faults, Chance chance, Trace trace) {
        this.time = time;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
    }

    /** @throws Crash when the process died on the way */
    <T> T run(Kind kind, Supplier<T> body) {
        Running process = new Running(kind, time.instant().plus(kind.limit()), skew(kind.skew()));
        running.push(process);
        try {
            T result = body.get();
            if (process.dead) {
                throw new Crash(kind.name());
            }
            return result;
        } catch (RuntimeException e) {
            // The product's executors wrap what they do not expect.
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof Violation violation) {
                    throw violation;
                }
            }
            if (process.dead) {
                throw new Crash(kind.name());
            }
            throw e;
        } finally {
            running.pop();
        }
    }

    private Duration skew(Duration most) {
        if (!faults.has(FaultClass.CLOCK_SKEW) || !chance.in(faults.rate())) {
            return Duration.ZERO;
        }
        faults.count(FaultClass.CLOCK_SKEW);
        return chance.upTo(most.multipliedBy(2)).minus(most);
    }

    /**
     * Called before each call that leaves the process. The process may die or be paused here.
     *
     * @return the fault that the call itself meets, or null
     */
    @Nullable
    FaultClass enter(Edge edge) {
        if (running.isEmpty()) {
            return null;
        }
        Running process = running.peek();
        if (process.dead) {
            throw new Crash(process.kind.name());
        }
        FaultClass fault = faults.at(edge);
        if (fault == FaultClass.CRASH_BEFORE_EFFECT) {
            die(process, fault);
        }
        if (fault == FaultClass.PROCESS_PAUSED) {
            pause(process);
            return null;
        }
        return fault;
    }

    /** Called after the call; the process may die here. */
    void leave(@Nullable FaultClass fault) {
        if (fault == FaultClass.CRASH_AFTER_EFFECT) {
            die(Objects.requireNonNull(running.peek()), fault);
        }
    }

    private void die(Running process, FaultClass fault) {
        faults.count(fault);
        process.dead = true;
        trace.note("dies", process.kind.name(), fault);
        throw new Crash(process.kind.name());
    }

    private void pause(Running process) {
        if (paused >= MAX_DEPTH) {
            return;
        }
        faults.count(FaultClass.PROCESS_PAUSED);
        Duration length = chance.mostlyShort(SHORTEST_PAUSE, process.kind.longestPause());
        trace.note("pauses", process.kind.name(), length);
        await(length);
        trace.note("goes on", process.kind.name());
        if (time.instant().isAfter(process.endsAt)) {
            process.dead = true;
            trace.note("is killed", process.kind.name());
            throw new Crash(process.kind.name());
        }
    }

    /** Time goes by for the process that runs now; everybody else's work is done meanwhile. */
    void await(Duration length) {
        if (paused >= MAX_DEPTH) {
            return;
        }
        paused++;
        try {
            time.advance(length);
        } finally {
            paused--;
        }
    }

    /** The name of the process that runs now; empty when none does. */
    String name() {
        Running process = running.peek();
        return process == null ? "" : process.kind.name();
    }

    /** When the process that runs now has begun. */
    Instant began() {
        Running process = running.peek();
        return process == null ? time.instant() : process.endsAt.minus(process.kind.limit());
    }

    /** The true time. */
    Instant now() {
        return time.instant();
    }

    /** The time as the running process sees it. */
    @Override
    public Instant instant() {
        Running process = running.peek();
        return process == null ? time.instant() : time.instant().plus(process.skew);
    }
}

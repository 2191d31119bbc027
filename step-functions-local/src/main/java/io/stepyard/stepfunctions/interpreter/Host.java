package io.stepyard.stepfunctions.interpreter;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What an execution asks of the engine around it. Called on the interpreter's thread only; no call blocks. Whatever has an
 * effect outside happens after the events of the turn are durable.
 */
public interface Host {
    /** The time now. */
    Instant now();

    /** Where jitter and random intrinsics come from. */
    RandomGenerator random();

    /** Wakes the execution at an instant. A timer that is already set under this key keeps its instant. */
    void arm(Execution execution, TimerKey key, Instant due);

    /** Forgets a timer; does nothing where there is none. */
    void disarm(Execution execution, TimerKey key);

    /** Runs a task once this turn is durable; its outcome comes back through {@link Execution#taskReturned}. */
    void call(Execution execution, TaskCall call);

    /** The token of the task that was, or is about to be, scheduled with this event. The same arguments give the same token. */
    String token(Execution execution, long scheduledEventId);
}

package io.stepyard.stepfunctions.interpreter;

import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an execution asks of the engine around it. Called on the interpreter's thread only; no call blocks. Whatever has an
 * effect outside happens after the events of the turn are durable.
 */
public interface Host {
    /** The time now. */
    Instant now();

    /** Where jitter and random intrinsics come from. */
    RandomGenerator random();

    /** The day whose service it behaves like. */
    ServiceDate serviceDate();

    /** Wakes the execution at an instant. A timer that is already set under this key keeps its instant. */
    void arm(Execution execution, TimerKey key, Instant due);

    /** Forgets a timer; does nothing where there is none. */
    void disarm(Execution execution, TimerKey key);

    /** Runs a task once this turn is durable; its outcome comes back through {@link Execution#taskReturned}. */
    void call(Execution execution, TaskCall call);

    /** Whether there is such an activity. */
    boolean activityExists(String arn);

    /** A new ARN for a run of a distributed Map. */
    String mapRunArn(Execution execution, @Nullable String label);

    /** Starts the child execution of an item; how it ended comes back through {@link Execution#childEnded}. */
    void startChild(Execution execution, long mapRunEventId, int index, String mapState, String input);

    /**
     * The child executions of a map run that exist already, by index.
     *
     * @param redrive
     *            whether those that ended without success run once more
     */
    Map<Integer, ChildOutcome> children(Execution execution, long mapRunEventId, boolean redrive);

    /** Remembers that a task gave a sign of life now, also through a restart. */
    void heartbeat(Execution execution, long scheduledEventId);

    /** When a task last gave a sign of life, in milliseconds, or 0 where it did not. */
    long lastHeartbeat(Execution execution, long scheduledEventId);

    /** Stops the child executions of a map run that still run. */
    void abortChildren(Execution execution, long mapRunEventId);

    /** The token of the task that was, or is about to be, scheduled with this event. The same arguments give the same token. */
    String token(Execution execution, long scheduledEventId);
}

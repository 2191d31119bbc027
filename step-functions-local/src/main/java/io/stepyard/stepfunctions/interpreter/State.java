package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.Retrier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of a machine: what was parsed of it and how it behaves. Immutable; what changes is in the {@link Frame}. */
abstract sealed class State
        permits PassState, ChoiceState, WaitState, SucceedState, FailState, TaskState, BranchingState {
    private final StateHeader header;

    State(StateHeader header) {
        this.header = header;
    }

    final String name() {
        return header.name();
    }

    final StateHeader header() {
        return header;
    }

    final DataFlow flow() {
        return header.flow();
    }

    /** The event that records entry into this type of state. */
    abstract EventType enteredType();

    /** The event that records the exit. */
    abstract EventType exitedType();

    /** Begins: the frame has just entered this state. */
    abstract Transition enter(Frame frame);

    /**
     * Takes up where the history ends: the frame is in this state and {@code since} are its events after the entry. Sets
     * timers and calls again what was under way.
     */
    Transition resume(Frame frame, List<HistoryEvent> since) {
        return enter(frame);
    }

    /**
     * Runs once more because the execution was redriven: the frame is in this state, which failed or was given up. What it
     * completed stays.
     */
    Transition redrive(Frame frame, List<HistoryEvent> since) {
        return enter(frame);
    }

    /** A timer of the frame went off. */
    Transition timer(Frame frame, TimerKey key) {
        return Transition.Suspended.INSTANCE;
    }

    /** The frame leaves this state: timers and calls that belong to it are forgotten. */
    void leave(Frame frame) {}

    /** The event that records that another branch ended this state, or null where AWS has none. */
    @Nullable
    EventType abortedType() {
        return null;
    }

    /** Neither Retry nor Catch goes on from the start: writes what AWS writes before the state is left by its failure. */
    void givingUp(Frame frame, StateFailure failure) {}

    /** Whether this type of state has retriers. */
    boolean canRetry() {
        return false;
    }

    List<Retrier> retriers() {
        return List.of();
    }

    List<Catcher> catchers() {
        return List.of();
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Waits for some seconds or until an instant. */
final class WaitState extends State {
    private final WaitUntil until;

    WaitState(StateHeader header, WaitUntil until) {
        super(header);
        this.until = until;
    }

    @Override
    EventType enteredType() {
        return EventType.WAIT_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.WAIT_STATE_EXITED;
    }

    @Override
    EventType abortedType() {
        return EventType.WAIT_STATE_ABORTED;
    }

    @Override
    Transition enter(Frame frame) {
        JsonNode input = flow().effectiveInput(frame);
        Instant due = until.due(frame, input);
        if (!due.isAfter(Instant.ofEpochMilli(frame.execution().nowMillis()))) {
            return exit(frame);
        }
        frame.execution().arm(frame, key(frame), due);
        return Transition.Suspended.INSTANCE;
    }

    @Override
    Transition timer(Frame frame, TimerKey key) {
        return key.equals(key(frame)) ? exit(frame) : Transition.Suspended.INSTANCE;
    }

    @Override
    void leave(Frame frame) {
        frame.execution().disarm(key(frame));
    }

    private Transition exit(Frame frame) {
        return new Transition.Exit(flow().passed(frame), header().next(), flow().assigned(frame, null));
    }

    private static TimerKey key(Frame frame) {
        return new TimerKey(TimerKey.Kind.WAIT, frame.enteredEventId());
    }
}

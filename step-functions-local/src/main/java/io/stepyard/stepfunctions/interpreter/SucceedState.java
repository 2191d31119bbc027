package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import tools.jackson.databind.JsonNode;

/** Ends its chain of states well. */
final class SucceedState extends State {
    SucceedState(StateHeader header) {
        super(header);
    }

    @Override
    EventType enteredType() {
        return EventType.SUCCEED_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.SUCCEED_STATE_EXITED;
    }

    @Override
    Transition enter(Frame frame) {
        JsonNode input = flow().effectiveInput(frame);
        return new Transition.Exit(flow().output(frame, input), null, flow().assigned(frame, null));
    }
}

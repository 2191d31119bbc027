package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;

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
        return new Transition.Exit(flow().passed(frame), null, flow().assigned(frame, null));
    }
}

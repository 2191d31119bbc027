package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Hands its input on, or a fixed or computed result. */
final class PassState extends State {
    private final @Nullable JsonNode fixedResult;

    PassState(StateHeader header, @Nullable JsonNode fixedResult) {
        super(header);
        this.fixedResult = fixedResult;
    }

    @Nullable
    JsonNode fixedResult() {
        return fixedResult;
    }

    @Override
    EventType enteredType() {
        return EventType.PASS_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.PASS_STATE_EXITED;
    }

    @Override
    Transition enter(Frame frame) {
        if (flow() instanceof JsonataFlow) {
            return new Transition.Exit(flow().passed(frame), header().next(), flow().assigned(frame, null));
        }
        JsonNode result = fixedResult != null ? fixedResult : flow().payload(frame);
        return new Transition.Exit(flow().output(frame, result), header().next(), flow().assigned(frame, result));
    }
}

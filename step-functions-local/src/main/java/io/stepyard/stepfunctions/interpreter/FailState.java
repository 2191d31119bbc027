package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationContext;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Ends its chain of states with an error. */
final class FailState extends State {
    private final FailText error;
    private final FailText cause;

    FailState(StateHeader header, FailText error, FailText cause) {
        super(header);
        this.error = error;
        this.cause = cause;
    }

    /**
     * Error or Cause: fixed, computed, or absent.
     *
     * @param field
     *            {@code ErrorPath} or {@code CausePath}, for error texts
     */
    record FailText(String field, @Nullable PayloadTemplate template) {
        @Nullable
        String evaluate(Frame frame) {
            if (template == null) {
                return null;
            }
            EvaluationContext context = frame.context(frame.input());
            JsonNode value = template.evaluate(context);
            if (!value.isString()) {
                throw new EvaluationException(ErrorNames.RUNTIME,
                        "The " + field + " field refers to value " + Json.text(value) + " which is not a valid string",
                        null);
            }
            return value.asString();
        }
    }

    @Override
    EventType enteredType() {
        return EventType.FAIL_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        throw new IllegalStateException("a Fail state has no exit");
    }

    @Override
    Transition enter(Frame frame) {
        throw new StateFailure(error.evaluate(frame), cause.evaluate(frame));
    }
}

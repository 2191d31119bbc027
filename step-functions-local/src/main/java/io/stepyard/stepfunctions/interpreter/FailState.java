package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.util.Objects;
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
     *            its name, for error texts
     */
    record FailText(String field, @Nullable PayloadTemplate path, @Nullable JsonataTemplate template,
            @Nullable JsonataExpression expression) {
        @Nullable
        String evaluate(Frame frame) {
            if (expression != null) {
                return expression.evaluate(frame.scope(null, null), field, "string").asString();
            }
            if (path == null && template == null) {
                return null;
            }
            JsonNode value = path != null
                    ? path.evaluate(frame.context(frame.input()))
                    : Objects.requireNonNull(template).evaluate(frame.scope(null, null));
            if (!value.isString()) {
                throw EvaluationException.runtime("The " + field + (path == null ? "" : "Path")
                        + " field refers to value " + Json.text(value) + " which is not a valid string");
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

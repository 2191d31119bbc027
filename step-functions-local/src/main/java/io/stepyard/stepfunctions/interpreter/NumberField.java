package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.JsonataExpression;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field that holds a number, a path to one, an expression for one, or is absent: TimeoutSeconds, MaxConcurrency, …
 *
 * @param name
 *            of the field, for error texts
 */
record NumberField(String name, @Nullable JsonNode fixed, @Nullable JsonPathExpression path,
        @Nullable JsonataExpression expression) {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    static NumberField parse(@Nullable JsonNode holder, String name) {
        JsonNode number = holder == null ? null : holder.get(name);
        JsonNode path = holder == null ? null : holder.get(name + "Path");
        if (number != null && JsonataExpression.isExpression(number)) {
            return new NumberField(name, null, null, JsonataExpression.parse(number.asString()));
        }
        return new NumberField(name, number, path == null ? null : JsonPathExpression.parse(path.asString()), null);
    }

    boolean isAbsent() {
        return fixed == null && path == null && expression == null;
    }

    /** The whole number, or null where the field is absent. */
    @Nullable
    Long evaluate(Frame frame, JsonNode input) {
        JsonNode value = node(frame, input);
        if (value == null) {
            return null;
        }
        if (path != null && value.isString() && WHOLE.matcher(value.asString()).matches()) {
            return Long.valueOf(value.asString());
        }
        boolean whole = value.isIntegralNumber();
        if (whole ? !value.canConvertToLong() : path != null || !value.isNumber()) {
            throw EvaluationException
                    .runtime("The " + name + (path == null ? "" : "Path") + " field refers to value \"" + shown(value)
                            + "\" which is not a valid integer: " + (path == null ? name : path.text()));
        }
        return whole ? value.longValue() : (long) value.doubleValue();
    }

    /** The number, or null where the field is absent. */
    @Nullable
    Double evaluateFraction(Frame frame, JsonNode input) {
        JsonNode value = node(frame, input);
        if (value == null) {
            return null;
        }
        if (path != null && !value.isNumber()) {
            throw EvaluationException.runtime("The " + name + "Path field refers to value \"" + shown(value)
                    + "\" which is not a valid float: " + path.text());
        }
        return value.asDouble();
    }

    private @Nullable JsonNode node(Frame frame, JsonNode input) {
        if (expression != null) {
            return expression.evaluate(frame.scope(null, null), name, "number");
        }
        return path == null ? fixed : path.read(frame.context(input));
    }

    private static String shown(JsonNode value) {
        return value.isString() ? value.asString() : Json.text(value);
    }

    /** The seconds of a time limit, which must be above zero, or null where the field is absent. */
    @Nullable
    Long evaluateSeconds(Frame frame, JsonNode input) {
        JsonNode value = node(frame, input);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0
                || value.longValue() > WaitUntil.MAX_SECONDS) {
            throw path != null
                    ? EvaluationException.runtime("The " + name + "Path parameter cannot be parsed as a long value: "
                            + path.text() + " == " + shown(value))
                    : new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR,
                            "The " + name + " field must be a positive integer but was: " + shown(value), name);
        }
        return value.longValue();
    }
}

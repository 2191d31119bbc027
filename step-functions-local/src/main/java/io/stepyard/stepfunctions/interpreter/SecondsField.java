package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * TimeoutSeconds or HeartbeatSeconds: a number, a path, or absent.
 *
 * @param name
 *            of the field, for error texts
 */
record SecondsField(String name, @Nullable Long seconds, @Nullable JsonPathExpression path) {

    static SecondsField parse(JsonNode state, String name) {
        JsonNode number = state.get(name);
        JsonNode path = state.get(name + "Path");
        return new SecondsField(name, number == null ? null : (Long) number.asLong(),
                path == null ? null : JsonPathExpression.parse(path.asString()));
    }

    /** The seconds, or null where the state sets none. */
    @Nullable
    Long evaluate(Frame frame, JsonNode input) {
        if (path == null) {
            return seconds;
        }
        JsonNode found = path.read(frame.context(input));
        if (!found.isIntegralNumber() || found.longValue() <= 0) {
            throw EvaluationException.runtime("The " + name + "Path parameter cannot be parsed as a long value: "
                    + path.text() + " == " + Json.text(found));
        }
        return found.longValue();
    }
}

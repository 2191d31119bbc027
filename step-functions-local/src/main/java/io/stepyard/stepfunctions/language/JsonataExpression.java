package io.stepyard.stepfunctions.language;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSONata expression, parsed. Evaluated by one thread at a time. */
public final class JsonataExpression {
    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";
    private static final long LONGEST_MILLIS = 10_000;
    private static final int DEEPEST = 1_000;

    private final String text;
    private final Jsonata parsed;

    private JsonataExpression(String text, Jsonata parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /** Whether a text holds an expression: it stands between {@code {%} and {@code %}}. */
    public static boolean isExpression(JsonNode value) {
        return value.isString() && value.asString().startsWith(OPEN) && value.asString().endsWith(CLOSE)
                && value.asString().length() >= OPEN.length() + CLOSE.length();
    }

    /** Parses a text with its braces; throws {@link IllegalArgumentException} where it is no expression. */
    public static JsonataExpression parse(String braced) {
        String text = braced.substring(OPEN.length(), braced.length() - CLOSE.length()).strip();
        try {
            Jsonata parsed = Jsonata.jsonata(text);
            parsed.setOutputConvertNulls(false);
            parsed.setValidateInput(false);
            return new JsonataExpression(text, parsed);
        } catch (JException refused) {
            throw new IllegalArgumentException("Invalid JSONata expression '" + text + "': " + refused.getMessage(),
                    refused);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("Invalid JSONata expression: it is nested too deeply", deep);
        } catch (RuntimeException fault) {
            // The parser stumbles over some texts; they are expressions neither here nor there.
            throw new IllegalArgumentException("Invalid JSONata expression '" + text + "'", fault);
        }
    }

    /** The expression without its braces. */
    public String text() {
        return text;
    }

    /** The value, or null where it is undefined; throws States.QueryEvaluationError where the evaluation fails. */
    public @Nullable JsonNode find(JsonataScope scope, String location) {
        Jsonata.Frame frame = parsed.createFrame();
        frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
        frame.bind("states", JsonataValues.fromJson(scope.states()));
        scope.variables().forEach((name, value) -> frame.bind(name, JsonataValues.fromJson(value)));
        JsonataFunctions.bind(frame, scope);
        try {
            return JsonataValues.toJson(parsed.evaluate(null, frame));
        } catch (JException failed) {
            throw failed(location, failed.getError() + ": " + failed.getMessage());
        } catch (RuntimeException | StackOverflowError failed) {
            throw failed(location, String.valueOf(failed.getMessage()));
        }
    }

    private EvaluationException failed(String location, String reason) {
        return new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR, "The JSONata expression '" + text
                + "' specified for the field '" + location + "' threw an error during evaluation. " + reason, location);
    }

    /** The value; throws States.QueryEvaluationError where it is undefined. */
    public JsonNode evaluate(JsonataScope scope, String location) {
        JsonNode value = find(scope, location);
        if (value == null) {
            throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR, "The JSONata expression '" + text
                    + "' specified for the field '" + location + "' returned nothing (undefined).", location);
        }
        return value;
    }

    /** The value where it has this type; throws States.QueryEvaluationError otherwise. */
    public JsonNode evaluate(JsonataScope scope, String location, String type) {
        return typed(evaluate(scope, location), location, type);
    }

    /** A value this expression had, where it has this type; throws States.QueryEvaluationError otherwise. */
    public JsonNode typed(JsonNode value, String location, String type) {
        if (!JsonataValues.typeOf(value).equals(type)) {
            throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR,
                    "The JSONata expression '" + text + "' specified for the field '" + location
                            + "' returned an unexpected result type. Expected '" + type + "', but was '"
                            + JsonataValues.typeOf(value) + "' for value: " + Json.text(value),
                    location);
        }
        return value;
    }
}

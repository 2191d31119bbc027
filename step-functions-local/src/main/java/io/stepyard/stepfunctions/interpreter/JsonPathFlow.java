package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSONPath processing: InputPath, Parameters, ResultSelector, ResultPath, OutputPath and Assign.
 *
 * @param inputPath
 *            null selects nothing: an empty object
 * @param resultPath
 *            null throws the result away
 * @param outputPath
 *            null selects nothing: an empty object
 */
record JsonPathFlow(@Nullable JsonPathExpression inputPath, @Nullable PayloadTemplate parameters,
        @Nullable PayloadTemplate resultSelector, @Nullable JsonPathExpression resultPath,
        @Nullable JsonPathExpression outputPath, @Nullable PayloadTemplate assign) implements DataFlow {

    static JsonPathFlow parse(JsonNode state, String parametersField) {
        return new JsonPathFlow(path(state, "InputPath"), template(state, parametersField),
                template(state, "ResultSelector"), resultPath(state), path(state, "OutputPath"),
                template(state, "Assign"));
    }

    private static @Nullable JsonPathExpression path(JsonNode state, String field) {
        JsonNode value = state.get(field);
        return value == null
                ? JsonPathExpression.parse("$")
                : value.isNull() ? null : JsonPathExpression.parse(value.asString());
    }

    private static @Nullable JsonPathExpression resultPath(JsonNode state) {
        JsonNode value = state.get("ResultPath");
        return value == null
                ? JsonPathExpression.parse("$")
                : value.isNull() ? null : JsonPathExpression.parseResultPath(value.asString());
    }

    private static @Nullable PayloadTemplate template(JsonNode state, String field) {
        JsonNode value = state.get(field);
        return value == null ? null : PayloadTemplate.parse(value);
    }

    @Override
    public JsonNode effectiveInput(Frame frame) {
        JsonNode raw = frame.input();
        if (inputPath == null) {
            return Json.object();
        }
        return inputPath.isWholeInput() ? raw : inputPath.read(frame.context(raw));
    }

    @Override
    public JsonNode payload(Frame frame) {
        JsonNode input = effectiveInput(frame);
        return parameters == null ? input : parameters.evaluate(frame.context(input));
    }

    @Override
    public JsonNode output(Frame frame, JsonNode result) {
        return select(frame, placed(frame, selected(frame, result)));
    }

    /** The result after ResultSelector. */
    JsonNode selected(Frame frame, JsonNode result) {
        return resultSelector == null ? result : resultSelector.evaluate(frame.context(result));
    }

    /** The input with the result at ResultPath. */
    JsonNode placed(Frame frame, JsonNode selected) {
        return place(resultPath, frame.input(), selected);
    }

    private static JsonNode place(@Nullable JsonPathExpression path, JsonNode input, JsonNode value) {
        if (path == null) {
            return input;
        }
        return path.isWholeInput() ? value : path.write(input, value);
    }

    /** Applies OutputPath. */
    private JsonNode select(Frame frame, JsonNode whole) {
        if (outputPath == null) {
            return Json.object();
        }
        return outputPath.isWholeInput() ? whole : outputPath.read(frame.context(whole));
    }

    @Override
    public JsonNode caught(Frame frame, Catcher catcher, JsonNode errorOutput) {
        return place(catcher.resultPath(), frame.input(), errorOutput);
    }

    @Override
    public JsonNode passed(Frame frame) {
        JsonNode input = effectiveInput(frame);
        return select(frame, place(resultPath, frame.input(), input));
    }

    @Override
    public Map<String, JsonNode> assignedByCatcher(Frame frame, Catcher catcher, JsonNode errorOutput) {
        return catcher.assign() == null
                ? Map.of()
                : JsonataFlow.values(
                        PayloadTemplate.parse(catcher.assign()).evaluate(frame.context(errorOutput)));
    }

    @Override
    public Map<String, JsonNode> assigned(Frame frame, @Nullable JsonNode result) {
        if (assign == null) {
            return Map.of();
        }
        return JsonataFlow.values(assign.evaluate(frame.context(result == null ? effectiveInput(frame) : result)));
    }
}

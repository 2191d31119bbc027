package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSONata processing: Arguments, Output and Assign. */
record JsonataFlow(@Nullable JsonataTemplate arguments, @Nullable JsonataTemplate output,
        @Nullable JsonataTemplate assign) implements DataFlow {

    static JsonataFlow parse(JsonNode state) {
        return new JsonataFlow(template(state, "Arguments"), template(state, "Output"), template(state, "Assign"));
    }

    private static @Nullable JsonataTemplate template(JsonNode holder, String field) {
        JsonNode value = holder.get(field);
        return value == null ? null : JsonataTemplate.parse(value, field);
    }

    @Override
    public JsonNode effectiveInput(Frame frame) {
        return frame.input();
    }

    @Override
    public JsonNode payload(Frame frame) {
        return arguments == null ? frame.input() : arguments.evaluate(frame.scope(null, null));
    }

    @Override
    public JsonNode output(Frame frame, JsonNode result) {
        return output == null ? result : output.evaluate(frame.scope(result, null));
    }

    @Override
    public JsonNode passed(Frame frame) {
        return output == null ? frame.input() : output.evaluate(frame.scope(null, null));
    }

    @Override
    public JsonNode caught(Frame frame, Catcher catcher, JsonNode errorOutput) {
        return catcher.output() == null
                ? errorOutput
                : JsonataTemplate.parse(catcher.output(), "Output").evaluate(frame.scope(null, errorOutput));
    }

    @Override
    public Map<String, JsonNode> assignedByCatcher(Frame frame, Catcher catcher, JsonNode errorOutput) {
        return catcher.assign() == null
                ? Map.of()
                : values(JsonataTemplate.parse(catcher.assign(), "Assign").evaluate(frame.scope(null, errorOutput)));
    }

    @Override
    public Map<String, JsonNode> assigned(Frame frame, @Nullable JsonNode result) {
        return assign == null ? Map.of() : values(assign.evaluate(frame.scope(result, null)));
    }

    static Map<String, JsonNode> values(JsonNode object) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        object.forEachEntry(values::put);
        return values;
    }
}

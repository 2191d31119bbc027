package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a state's input becomes the payload of its work, and the result of that work its output: JSONPath or JSONata. */
interface DataFlow {
    /** What the state works on, made of the raw input. */
    JsonNode payload(Frame frame);

    /** The input after InputPath only. */
    JsonNode effectiveInput(Frame frame);

    /** The state's output, made of a result. */
    JsonNode output(Frame frame, JsonNode result);

    /** The output of a state that has no result of its own. */
    JsonNode passed(Frame frame);

    /** The output where the state is caught and left. */
    JsonNode caught(Frame frame, Catcher catcher, JsonNode errorOutput);

    /** The variables a catcher assigns. */
    Map<String, JsonNode> assignedByCatcher(Frame frame, Catcher catcher, JsonNode errorOutput);

    /** The variables the state assigns; {@code result} is null where it has none. */
    Map<String, JsonNode> assigned(Frame frame, @Nullable JsonNode result);
}

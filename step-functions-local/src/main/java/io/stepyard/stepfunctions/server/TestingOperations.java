package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.interpreter.StateTestRequest;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.validation.Diagnostic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations that try a definition or a state without an execution. */
record TestingOperations(StepFunctionsEngine engine) {

    void addTo(Map<String, Operations.Operation> byName) {
        byName.put("ValidateStateMachineDefinition", this::validate);
        byName.put("TestState", this::testState);
    }

    private ObjectNode validate(Request request) {
        String type = request.text("type");
        int most = request.maxResults(100, 100);
        List<Diagnostic> found = engine.validateDefinition(request.required("definition"),
                type == null ? "STANDARD" : type);
        ObjectNode answer = Json.object().put("result", found.isEmpty() ? "OK" : "FAIL");
        ArrayNode diagnostics = answer.putArray("diagnostics");
        found.stream().limit(most).forEach(diagnostic -> diagnostics.add(Json.object().put("severity", "ERROR")
                .put("code", diagnostic.code()).put("message", diagnostic.message())
                .put("location", diagnostic.location())));
        return answer.put("truncated", found.size() > most);
    }

    private ObjectNode testState(Request request) {
        String level = request.text("inspectionLevel");
        String input = request.text("input");
        JsonNode definition = Json.parseOrNull(request.required("definition"));
        if (definition == null || !definition.isObject()) {
            throw new StepFunctionsException(ErrorCode.InvalidDefinition,
                    "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: the definition is no JSON object'");
        }
        StateTestRequest test = new StateTestRequest(definition, request.text("stateName"),
                json(input == null ? "{}" : input, ErrorCode.InvalidExecutionInput),
                level != null && !level.equals("INFO"), request.body().get("mock"),
                request.body().get("stateConfiguration"), context(request.text("context")),
                variables(request.text("variables")));
        return engine.testState(test, request.text("roleArn"), request.flag("revealSecrets", false));
    }

    private static @Nullable JsonNode context(@Nullable String text) {
        return text == null ? null : json(text, ErrorCode.ValidationException);
    }

    private static @Nullable JsonNode variables(@Nullable String text) {
        JsonNode variables = text == null ? null : json(text, ErrorCode.ValidationException);
        if (variables != null && !variables.isObject()) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Variables must be a JSON object, but a " + variables.getNodeType() + " was found");
        }
        return variables;
    }

    private static JsonNode json(String text, ErrorCode code) {
        JsonNode node = Json.parseOrNull(text);
        if (node == null) {
            throw new StepFunctionsException(code, "The text is no JSON: " + text.length() + " characters");
        }
        return node;
    }
}

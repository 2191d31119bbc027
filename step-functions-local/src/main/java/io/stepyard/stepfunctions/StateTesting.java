package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.interpreter.ExecutionInfo;
import io.stepyard.stepfunctions.interpreter.StateMachineDefinition;
import io.stepyard.stepfunctions.interpreter.StateTest;
import io.stepyard.stepfunctions.interpreter.StateTestRequest;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Uuids;
import io.stepyard.stepfunctions.validation.DefinitionValidator;
import io.stepyard.stepfunctions.validation.Diagnostic;
import io.stepyard.stepfunctions.validation.MockSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The TestState operation: checks the request as AWS does and runs the state. */
final class StateTesting {
    private static final Set<String> MOCKABLE = Set.of("Task", "Map", "Parallel");
    private static final Set<String> EXECUTION_FIELDS = Set.of("Id", "Input", "Name", "RoleArn", "StartTime",
            "RedriveCount", "RedriveTime");
    private static final Set<String> CONTEXT_FIELDS = Set.of("Execution", "State", "StateMachine", "Task", "Map");

    private final StateTestRequest request;
    private final boolean revealSecrets;

    StateTesting(StateTestRequest request, boolean revealSecrets) {
        this.request = request;
        this.revealSecrets = revealSecrets;
    }

    ObjectNode run(EngineCore core, TaskClient tasks, String region, String account, @Nullable String roleArn) {
        ObjectNode machine = machine();
        JsonNode state = machine.path("States").iterator().next();
        checkMock(state.path("Type").asString(""));
        checkRole(state, roleArn);
        checkDefinition(machine);
        checkContext(state);
        checkResult(state);
        String name = Uuids.random(core.random());
        String machineName = Uuids.random(core.random());
        ExecutionInfo info = new ExecutionInfo(0,
                "arn:aws:states:" + region + ":" + account + ":express:" + machineName + ":" + name, name,
                Arns.stateMachine(region, account, machineName), machineName, roleArn == null ? "" : roleArn,
                core.now().toEpochMilli(), null);
        Execution execution = new Execution(info, StateMachineDefinition.parse(Json.text(machine)), core);
        execution.inputForTest(Json.text(request.input()));
        return StateTest.run(request, tasks, execution);
    }

    private ObjectNode machine() {
        try {
            return StateTest.machineOf(request);
        } catch (IllegalArgumentException absent) {
            throw invalid(String.valueOf(absent.getMessage()));
        }
    }

    private static StepFunctionsException invalid(String problem) {
        return new StepFunctionsException(ErrorCode.ValidationException, problem);
    }

    private void checkMock(String type) {
        JsonNode mock = request.mock();
        if (mock == null) {
            if (type.equals("Map") || type.equals("Parallel")) {
                throw new StepFunctionsException(ErrorCode.InvalidDefinition,
                        "TestState API does not support Map or Parallel states. Supported state types include: "
                                + "[Task, Wait, Pass, Succeed, Fail, Choice]");
            }
            return;
        }
        if (!MOCKABLE.contains(type)) {
            throw invalid("State type '" + type + "' is not supported when a mock is specified");
        }
        if (mock.has("result") && mock.has("errorOutput")) {
            throw invalid("A test mock should have only one of the following fields: [result, errorOutput].");
        }
        if (revealSecrets) {
            throw invalid("TestState does not support RevealSecrets when a mock is specified.");
        }
    }

    /** The mocked result must be one that the state could have had. */
    private void checkResult(JsonNode state) {
        JsonNode mock = request.mock();
        JsonNode text = mock == null ? null : mock.get("result");
        if (mock == null || text == null) {
            return;
        }
        JsonNode result = Json.parseOrNull(text.asString(""));
        if (result == null) {
            throw invalid("Mocked result must be valid JSON");
        }
        boolean reads = state.has("ItemReader")
                && (request.configuration() == null || !request.configuration().has("mapItemReaderData"));
        if (reads) {
            throw invalid("ItemReader data must be specified when testing a Map state with ItemReader specified.");
        }
        switch (state.path("Type").asString("")) {
            case "Map" -> checkMapResult(state, result);
            case "Parallel" -> checkParallelResult(result);
            default -> checkResponse(state, result, mock.path("fieldValidationMode").asString("STRICT"));
        }
    }

    private void checkMapResult(JsonNode state, JsonNode result) {
        boolean written = state.has("ResultWriter");
        if (written && !result.isObject()) {
            throw invalid("Mocked result must be a JSON object.");
        }
        if (!written && !result.isArray()) {
            throw invalid("Mocked result must be an array.");
        }
        JsonNode failures = request.configuration() == null
                ? null
                : request.configuration().get("mapIterationFailureCount");
        if (failures != null && result.isArray() && failures.asInt() > result.size()) {
            throw invalid("Map iteration failure count must be less than or equal to the number of Map iterations");
        }
    }

    private static void checkParallelResult(JsonNode result) {
        if (!result.isArray()) {
            throw invalid("Mocked result must be an array.");
        }
    }

    private static void checkResponse(JsonNode state, JsonNode result, String mode) {
        TaskResource resource = TaskResource.parse(state.path("Resource").asString(""));
        String problem = resource == null || mode.equals("NONE")
                ? null
                : MockSchema.problem(resource, result, mode.equals("STRICT"));
        if (problem != null) {
            throw invalid(problem);
        }
    }

    private void checkRole(JsonNode state, @Nullable String roleArn) {
        if (roleArn == null && request.mock() == null && state.path("Type").asString("").equals("Task")) {
            throw invalid("RoleArn must be specified when testing a Task state");
        }
    }

    private void checkDefinition(ObjectNode machine) {
        List<Diagnostic> found = DefinitionValidator.checkState(Json.text(machine));
        if (!found.isEmpty()) {
            throw new StepFunctionsException(ErrorCode.InvalidDefinition, "Invalid State Machine Definition: '"
                    + found.stream().map(Diagnostic::text).collect(Collectors.joining(", ")) + "'");
        }
    }

    private void checkContext(JsonNode state) {
        JsonNode context = request.context();
        if (context == null) {
            return;
        }
        for (String field : context.propertyNames()) {
            if (!CONTEXT_FIELDS.contains(field)) {
                throw invalidContext("Field '" + field + "' is not allowed");
            }
        }
        for (String field : context.path("Execution").propertyNames()) {
            if (!EXECUTION_FIELDS.contains(field)) {
                throw invalidContext("Field '" + field + "' is not allowed");
            }
            boolean text = !field.equals("Input") && !field.equals("RedriveCount");
            if (text && !context.path("Execution").path(field).isString()) {
                throw invalidContext("Execution." + field + " must be a string");
            }
        }
        String resource = state.path("Resource").asString("");
        if (context.has("Task") && !resource.contains(".sync") && !resource.endsWith(".waitForTaskToken")) {
            throw invalidContext("Context object contains 'Task' when state is not a Task state with a '.sync' or "
                    + "'.waitForTaskToken' service integration pattern");
        }
    }

    private static StepFunctionsException invalidContext(String problem) {
        return invalid("Invalid Context object provided: " + problem);
    }
}

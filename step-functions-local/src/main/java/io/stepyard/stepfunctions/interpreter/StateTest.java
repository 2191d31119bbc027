package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Retrier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one state without an execution, as TestState does: its data flow, its error handling, and nothing else. */
public final class StateTest {
    /** What a state is called that comes without a name. */
    public static final String UNNAMED = "StateName";

    private final StateTestRequest request;
    private final TaskClient tasks;
    private final Frame frame;
    private final State state;
    private final ObjectNode inspection = Json.object();

    private StateTest(StateTestRequest request, TaskClient tasks, Execution execution) {
        this.request = request;
        this.tasks = tasks;
        States chain = execution.definitionStates();
        this.frame = new Frame(execution, chain);
        this.state = chain.named(chain.startAt());
        frame.entered(state, request.input(), Json.text(request.input()), 1, execution.host().now().toEpochMilli());
        frame.contextOverride(request.context());
        if (request.variables() != null) {
            request.variables().properties()
                    .forEach(variable -> frame.assign(Map.of(variable.getKey(), variable.getValue())));
        }
    }

    /** A machine of this one state; throws {@link IllegalArgumentException} where there is no such state. */
    public static ObjectNode machineOf(StateTestRequest request) {
        JsonNode definition = request.definition();
        ObjectNode machine = Json.object();
        String name = request.stateName() == null ? UNNAMED : request.stateName();
        JsonNode state = request.stateName() == null ? definition : find(definition, name);
        if (state == null) {
            throw new IllegalArgumentException("State not found in definition");
        }
        if (request.stateName() != null && definition.has("QueryLanguage")) {
            machine.set("QueryLanguage", definition.get("QueryLanguage"));
        }
        machine.put("StartAt", name);
        machine.putObject("States").set(name, state);
        return machine;
    }

    private static @Nullable JsonNode find(JsonNode chain, String name) {
        JsonNode direct = chain.path("States").get(name);
        if (direct != null) {
            return direct;
        }
        for (JsonNode state : chain.path("States")) {
            for (String inner : List.of("ItemProcessor", "Iterator")) {
                JsonNode found = find(state.path(inner), name);
                if (found != null) {
                    return found;
                }
            }
            for (JsonNode branch : state.path("Branches")) {
                JsonNode found = find(branch, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Runs the state and answers what TestState answers. */
    public static ObjectNode run(StateTestRequest request, TaskClient tasks, Execution execution) {
        StateTest test = new StateTest(request, tasks, execution);
        ObjectNode answer = test.run();
        if (request.inspect()) {
            answer.set("inspectionData", test.inspection);
        }
        return answer;
    }

    private ObjectNode run() {
        note("input", request.input());
        try {
            return succeeded(exit());
        } catch (StateFailure failure) {
            return failed(failure);
        } catch (EvaluationException refused) {
            return failed(new StateFailure(refused.error(), refused.detail()));
        }
    }

    private void note(String field, JsonNode value) {
        inspection.put(field, Json.text(value));
    }

    private Transition.Exit exit() {
        if (state.flow() instanceof JsonPathFlow && !(state instanceof ParallelState) && !hasFixedResult()) {
            note("afterInputPath", state.flow().effectiveInput(frame));
        }
        return switch (state) {
            case TaskState task -> ofTask(task);
            case MapState map -> ofMap(map);
            case ParallelState parallel -> finish(mockResult());
            case PassState pass -> ofPass(pass);
            case WaitState wait -> new Transition.Exit(state.flow().passed(frame), state.header().next(),
                    state.flow().assigned(frame, null));
            case ChoiceState choice -> (Transition.Exit) choice.enter(frame);
            case SucceedState succeed -> (Transition.Exit) succeed.enter(frame);
            case FailState fail -> (Transition.Exit) fail.enter(frame);
        };
    }

    private boolean hasFixedResult() {
        return state instanceof PassState pass && pass.fixedResult() != null;
    }

    private Transition.Exit ofPass(PassState pass) {
        if (state.flow() instanceof JsonPathFlow) {
            JsonNode fixed = pass.fixedResult();
            JsonNode result = fixed == null ? state.flow().payload(frame) : fixed;
            note(fixed == null ? "afterParameters" : "result", result);
            return finish(result);
        }
        return (Transition.Exit) pass.enter(frame);
    }

    private Transition.Exit ofTask(TaskState task) {
        task.prepareForTest(frame, tokenOf(request.context()));
        JsonNode payload = state.flow().payload(frame);
        if (state.flow() instanceof JsonPathFlow || ((JsonataFlow) state.flow()).arguments() != null) {
            note(state.flow() instanceof JsonPathFlow ? "afterParameters" : "afterArguments", payload);
        }
        throwMockedError();
        JsonNode result = request.mock() != null ? mockResult() : called(task, payload);
        note("result", result);
        return finish(result);
    }

    private static @Nullable String tokenOf(@Nullable JsonNode context) {
        JsonNode token = context == null ? null : context.path("Task").get("Token");
        return token == null ? null : token.asString();
    }

    private JsonNode called(TaskState task, JsonNode payload) {
        TaskOutcome outcome = tasks.call(new TaskCall(frame.execution().info().arn(), state.name(), 1,
                task.resource(), payload, null, null), ignored -> {
                });
        return switch (outcome) {
            case TaskOutcome.Succeeded(JsonNode output) -> output;
            case TaskOutcome.Failed(String error, String cause) -> throw new StateFailure(error, cause);
            case TaskOutcome.Pending() -> throw new StateFailure(ErrorNames.TIMEOUT, null);
        };
    }

    private Transition.Exit ofMap(MapState map) {
        MapRunSettings distributed = map.distributed();
        JsonNode input = state.flow().effectiveInput(frame);
        List<MapItem> values = itemsOf(map, input);
        if (state.flow() instanceof JsonPathFlow) {
            note("afterItemsPath", Json.nodes().arrayNode().addAll(values.stream().map(MapItem::input).toList()));
        }
        noteIterations(map, input, values);
        Long limit = map.maxConcurrency().evaluate(frame, input);
        inspection.put("maxConcurrency", limit == null ? 0 : limit);
        if (distributed != null) {
            noteTolerance(distributed, input);
        }
        throwMockedError();
        JsonNode failures = request.configuration() == null
                ? null
                : request.configuration().get("mapIterationFailureCount");
        if (failures != null && distributed != null && !bears(distributed, input, failures.asInt(), values.size())) {
            throw new StateFailure(ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded");
        }
        return finish(mockResult());
    }

    /** What the Map runs over: what the test says was read, where the state reads its items. */
    private List<MapItem> itemsOf(MapState map, JsonNode input) {
        MapRunSettings distributed = map.distributed();
        ItemReader reader = distributed == null ? null : distributed.reader();
        JsonNode read = request.configuration() == null ? null : request.configuration().get("mapItemReaderData");
        if (reader == null || read == null) {
            return map.items().of(frame, input);
        }
        ObjectNode object = Json.object();
        return reader.items(frame, input, object.put("Body", read.asString("")));
    }

    private void noteIterations(MapState map, JsonNode input, List<MapItem> values) {
        ItemBatcher batcher = map.distributed() == null ? null : map.distributed().batcher();
        if (!map.items().selects() && batcher == null) {
            return;
        }
        List<JsonNode> selected = MapRunSettings.selected(frame, map, values);
        if (map.items().selects()) {
            note("afterItemSelector", Json.nodes().arrayNode().addAll(selected));
        }
        if (batcher != null) {
            note("afterItemBatcher", Json.nodes().arrayNode().addAll(batcher.batches(frame, input, selected)));
        }
    }

    private void noteTolerance(MapRunSettings distributed, JsonNode input) {
        Long count = distributed.toleratedCount().evaluate(frame, input);
        Double percentage = distributed.toleratedPercentage().evaluateFraction(frame, input);
        if (count != null) {
            inspection.put("toleratedFailureCount", count);
        }
        if (percentage != null) {
            inspection.put("toleratedFailurePercentage", percentage);
        }
    }

    private boolean bears(MapRunSettings distributed, JsonNode input, int failures, int all) {
        Long count = distributed.toleratedCount().evaluate(frame, input);
        Double percentage = distributed.toleratedPercentage().evaluateFraction(frame, input);
        boolean unlimited = count == null && percentage == null;
        return unlimited || new MapRun.Tolerance(count, percentage).bears(failures, all);
    }

    private void throwMockedError() {
        JsonNode error = request.mock() == null ? null : request.mock().get("errorOutput");
        if (error != null) {
            throw new StateFailure(text(error.get("error")), text(error.get("cause")));
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asString();
    }

    private JsonNode mockResult() {
        throwMockedError();
        JsonNode result = request.mock() == null ? null : request.mock().get("result");
        return result == null ? Json.object() : Json.parse(result.asString());
    }

    private Transition.Exit finish(JsonNode result) {
        if (state.flow() instanceof JsonPathFlow flow) {
            JsonNode selected = flow.selected(frame, result);
            note("afterResultSelector", selected);
            note("afterResultPath", flow.placed(frame, selected));
        }
        return new Transition.Exit(state.flow().output(frame, result), state.header().next(),
                state.flow().assigned(frame, result));
    }

    private static ObjectNode succeeded(Transition.Exit exit) {
        ObjectNode answer = Json.object().put("output", Json.text(exit.output()));
        if (exit.next() != null) {
            answer.put("nextState", exit.next());
        }
        return answer.put("status", "SUCCEEDED");
    }

    private ObjectNode failed(StateFailure failure) {
        ObjectNode answer = Json.object();
        if (failure.error() != null) {
            answer.put("error", failure.error());
        }
        if (failure.cause() != null) {
            answer.put("cause", failure.cause());
        }
        String error = failure.error() == null ? "" : failure.error();
        int done = request.configuration() == null ? 0 : request.configuration().path("retrierRetryCount").asInt(0);
        List<Retrier> retriers = state.retriers();
        for (int i = 0; i < retriers.size(); i++) {
            if (retriers.get(i).errors().matches(error, false)) {
                ObjectNode details = inspection.putObject("errorDetails").put("retryIndex", i);
                if (done < retriers.get(i).maxAttempts()) {
                    long seconds = retriers.get(i).delay(done, frame.execution().host().random()).toSeconds();
                    details.put("retryBackoffIntervalSeconds", seconds);
                    return answer.put("status", "RETRIABLE");
                }
                break;
            }
        }
        List<Catcher> catchers = state.catchers();
        for (int i = 0; i < catchers.size(); i++) {
            if (catchers.get(i).errors().matches(error, false)) {
                return caught(answer, failure, catchers.get(i), i);
            }
        }
        return answer.put("status", "FAILED");
    }

    private ObjectNode caught(ObjectNode answer, StateFailure failure, Catcher catcher, int index) {
        inspection.putObject("errorDetails").put("catchIndex", index);
        JsonNode output = state.flow().caught(frame, catcher, Driver.errorOutput(failure));
        return answer.put("output", Json.text(output)).put("nextState", catcher.next()).put("status", "CAUGHT_ERROR");
    }
}

package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for all services: every attempt of a task ends as the script says it did on AWS. */
final class ScriptedTasks implements TaskClient {
    private final List<JsonNode> script = new ArrayList<>();
    private final VirtualTime time;
    private final JsonNode lambdas;
    private final RecordedObjects objects;
    private final Comparer matcher;
    private @Nullable StepFunctionsEngine engine;

    ScriptedTasks(@Nullable JsonNode entries, JsonNode lambdas, RecordedObjects objects, VirtualTime time,
            Comparer matcher) {
        this.lambdas = lambdas;
        this.objects = objects;
        this.time = time;
        this.matcher = matcher;
        if (entries != null) {
            entries.forEach(script::add);
        }
    }

    void engine(StepFunctionsEngine value) {
        engine = value;
    }

    @Override
    public boolean runsNestedExecutions() {
        return true;
    }

    @Override
    public TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted) {
        JsonNode entry = take(call);
        if (entry == null) {
            return unscripted(call);
        }
        boolean pattern = entry.hasNonNull("submitted");
        boolean waits = call.resource() instanceof TaskResource.Integration integration && integration.waitsForToken();
        TaskOutcome outcome = outcome(entry);
        if (waits && pattern) {
            time.schedule(time.instant().plus(Duration.ofMillis(1)), () -> callBack(call, outcome));
            return new TaskOutcome.Succeeded(entry.get("submitted"));
        }
        if (pattern) {
            submitted.accept(entry.get("submitted"));
        }
        return outcome;
    }

    /** The first attempt of this state that was not played yet, with this request where there are several. */
    private @Nullable JsonNode take(TaskCall call) {
        JsonNode candidate = null;
        for (JsonNode entry : script) {
            if (entry.path("state").asString("").equals(call.stateName())) {
                candidate = candidate == null ? entry : candidate;
                if (matcher.difference(entry.get("request"), call.parameters(), "") == null) {
                    candidate = entry;
                    break;
                }
            }
        }
        script.remove(candidate);
        return candidate;
    }

    private static TaskOutcome outcome(JsonNode entry) {
        String outcome = entry.path("outcome").asString("");
        JsonNode output = entry.get("output");
        if (outcome.endsWith("Succeeded")) {
            return new TaskOutcome.Succeeded(output == null ? Json.object() : unwrapped(output));
        }
        if (outcome.endsWith("Failed")) {
            return new TaskOutcome.Failed(text(entry.get("error")), text(entry.get("cause")));
        }
        // Timed out or aborted: no answer ever comes.
        return new TaskOutcome.Pending();
    }

    /** Scalars and arrays stand in the data as the text the history showed. */
    private static JsonNode unwrapped(JsonNode output) {
        JsonNode parsed = output.isString() ? Json.parseOrNull(output.asString()) : null;
        return parsed == null ? output : parsed;
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.isString() ? value.asString() : Json.text(value);
    }

    private void callBack(TaskCall call, TaskOutcome outcome) {
        String token = call.token();
        if (engine == null || token == null) {
            return;
        }
        switch (outcome) {
            case TaskOutcome.Succeeded(JsonNode output) -> engine.sendTaskSuccess(token, Json.text(output));
            case TaskOutcome.Failed(String error, String cause) -> engine.sendTaskFailure(token, error, cause);
            case TaskOutcome.Pending() -> {
                // The time-out is what ends it.
            }
        }
    }

    /** Where the data has no script, a function does what its source says. */
    private TaskOutcome unscripted(TaskCall call) {
        if (call.resource() instanceof TaskResource.Integration integration && integration.service().equals("s3")) {
            return objects.call(integration, call.parameters());
        }
        boolean invoked = call.resource() instanceof TaskResource.Integration;
        String name = call.resource() instanceof TaskResource.Function function
                ? function.arn()
                : call.parameters().path("FunctionName").asString("");
        String source = lambdas.path(name.substring(name.lastIndexOf(':') + 1)).path("source").asString("");
        TaskOutcome outcome = new RecordedFunction(source).invoke(invoked ? payload(call) : call.parameters());
        return invoked && outcome instanceof TaskOutcome.Succeeded(JsonNode answer)
                ? new TaskOutcome.Succeeded(wrapped(answer))
                : outcome;
    }

    /** What {@code lambda:invoke} sends: a null counts as nothing, and nothing is an empty event. */
    private static JsonNode payload(TaskCall call) {
        JsonNode payload = call.parameters().get("Payload");
        return payload == null || payload.isNull() ? Json.object() : payload;
    }

    private static ObjectNode wrapped(JsonNode answer) {
        ObjectNode wrapped = Json.object().put("ExecutedVersion", "$LATEST").set("Payload", answer);
        return wrapped.put("StatusCode", 200);
    }
}

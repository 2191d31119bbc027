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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for all services: every attempt of a task ends as the script says it did on AWS. */
final class ScriptedTasks implements TaskClient {
    private static final Pattern RETURN = Pattern.compile("return +([\"'{\\[].*)$", Pattern.MULTILINE);
    private static final Pattern RAISE = Pattern.compile("raise (\\w+)\\(\"([^\"]*)\"");

    private final List<JsonNode> script = new ArrayList<>();
    private final VirtualTime time;
    private final JsonNode lambdas;
    private final Comparer matcher;
    private @Nullable StepFunctionsEngine engine;

    ScriptedTasks(@Nullable JsonNode entries, JsonNode lambdas, VirtualTime time, Comparer matcher) {
        this.lambdas = lambdas;
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
            return echo(call);
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

    /** Where the data has no script, a function does what its source says: it raises, or answers what it was given. */
    private TaskOutcome echo(TaskCall call) {
        if (call.resource() instanceof TaskResource.Integration integration && integration.service().equals("s3")) {
            return integration.action().equals("putObject")
                    ? new TaskOutcome.Succeeded(Json.object())
                    : new TaskOutcome.Failed(null, "the data has no content for this object");
        }
        String name = call.resource() instanceof TaskResource.Function function
                ? function.arn()
                : call.parameters().path("FunctionName").asString("");
        String source = lambdas.path(name.substring(name.lastIndexOf(':') + 1)).path("source").asString("");
        Matcher raise = RAISE.matcher(source);
        if (raise.find()) {
            return raised(source, raise);
        }
        Matcher constant = RETURN.matcher(source);
        JsonNode fixed = constant.find() ? Json.parseOrNull(constant.group(1).replace('\'', '"')) : null;
        JsonNode given = call.parameters().has("Payload") ? call.parameters().get("Payload") : call.parameters();
        JsonNode payload = fixed == null ? given : fixed;
        if (call.resource() instanceof TaskResource.Integration) {
            ObjectNode wrapped = Json.object().put("ExecutedVersion", "$LATEST").set("Payload", payload);
            return new TaskOutcome.Succeeded(wrapped.put("StatusCode", 200));
        }
        return new TaskOutcome.Succeeded(fixed == null ? call.parameters() : fixed);
    }

    /** As the Python runtime of Lambda reports it. */
    private static TaskOutcome raised(String source, Matcher raise) {
        long line = source.substring(0, raise.start()).lines().count();
        ObjectNode cause = Json.object().put("errorMessage", raise.group(2)).put("errorType", raise.group(1))
                .put("requestId", "00000000-0000-0000-0000-000000000000");
        String statement = source.lines().skip(line - 1).findFirst().orElse("").strip();
        cause.putArray("stackTrace")
                .add("  File \"/var/task/handler.py\", line " + line + ", in handler\n    " + statement + "\n");
        return new TaskOutcome.Failed(raise.group(1), Json.text(cause));
    }
}

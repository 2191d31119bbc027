package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code states:startExecution} integration: executions that start others of this engine, and may wait for them. */
final class NestedExecutions {
    private final EngineCore core;
    private final Map<Long, List<Watch>> watches = new HashMap<>();

    /** A task that waits for an execution to end. */
    private record Watch(ExecutionEntry parent, TaskCall call, boolean parsed) {}

    NestedExecutions(EngineCore core) {
        this.core = core;
    }

    static boolean runs(TaskResource resource) {
        return resource instanceof TaskResource.Integration integration && integration.service().equals("states")
                && integration.action().equals("startExecution");
    }

    /** Carries out a call in a turn of its own. After a restart the same call finds the execution it had started. */
    void call(ExecutionEntry parent, TaskCall call) {
        core.later(() -> {
            try {
                begin(parent, call, core.startOrFind(call.parameters().path("StateMachineArn").asString(""),
                        name(call), input(call), null));
            } catch (StepFunctionsException refused) {
                answer(parent, call, new TaskOutcome.Failed("StepFunctions." + refused.code() + "Exception",
                        refused.text() + " (Service: AWSStepFunctions; Status Code: 400; Error Code: " + refused.code()
                                + "; Request ID: " + requestId(call) + "; Proxy: null)"));
            }
        });
    }

    private static String name(TaskCall call) {
        JsonNode name = call.parameters().get("Name");
        return name == null ? requestId(call) : name.asString();
    }

    private static String requestId(TaskCall call) {
        return UUID.nameUUIDFromBytes(
                (call.executionArn() + "#" + call.scheduledEventId()).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String input(TaskCall call) {
        JsonNode input = call.parameters().get("Input");
        return input == null ? "{}" : Json.text(input);
    }

    private void begin(ExecutionEntry parent, TaskCall call, ExecutionEntry child) {
        ObjectNode started = Json.object().put("ExecutionArn", child.arn()).put("StartDate",
                child.startMillis() / 1000.0);
        TaskResource.CallPattern pattern = ((TaskResource.Integration) call.resource()).pattern();
        switch (pattern) {
            case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> answer(parent, call, new TaskOutcome.Succeeded(started));
            case SYNC, SYNC_2 -> {
                core.run(parent, execution -> execution.taskSubmitted(call.scheduledEventId(), started));
                Watch watch = new Watch(parent, call, pattern == TaskResource.CallPattern.SYNC_2);
                if (child.isOpen()) {
                    watches.computeIfAbsent(child.number(), absent -> new ArrayList<>()).add(watch);
                } else {
                    answer(parent, call, outcome(child, watch.parsed()));
                }
            }
        }
    }

    private void answer(ExecutionEntry parent, TaskCall call, TaskOutcome outcome) {
        parent.callEnded();
        core.run(parent, execution -> execution.taskReturned(call.scheduledEventId(), outcome));
    }

    /** An execution ended: whoever waits for it hears of it, and what it waits for itself is stopped. */
    void ended(ExecutionEntry entry) {
        List<Watch> waiting = watches.remove(entry.number());
        if (waiting != null) {
            for (Watch watch : waiting) {
                core.later(() -> answer(watch.parent(), watch.call(), outcome(entry, watch.parsed())));
            }
        }
        watches.forEach((child, parents) -> {
            ExecutionEntry nested = core.entry(child);
            if (nested != null && parents.stream().anyMatch(watch -> watch.parent().equals(entry))) {
                core.later(() -> core.run(nested, execution -> execution.stop(null, null)));
            }
        });
    }

    private TaskOutcome outcome(ExecutionEntry child, boolean parsed) {
        HistoryEvent first = core.reader().batch(child.firstPosition()).getFirst();
        HistoryEvent last = core.reader().batch(child.lastPosition()).getLast();
        ObjectNode description = Json.object().put("ExecutionArn", child.arn());
        put(description, "Input", first.details().text(Detail.INPUT), parsed);
        description.putObject("InputDetails").put("Included", true);
        description.put("Name", child.name());
        if (last.details().text(Detail.OUTPUT) != null) {
            put(description, "Output", last.details().text(Detail.OUTPUT), parsed);
            description.putObject("OutputDetails").put("Included", true);
            description.put("RedriveCount", 0).put("RedriveStatus", "NOT_REDRIVABLE").put("RedriveStatusReason",
                    "Execution is SUCCEEDED and cannot be redriven");
        }
        ObjectNode failure = Json.object();
        put(failure, "Cause", last.details().text(Detail.CAUSE), false);
        put(failure, "Error", last.details().text(Detail.ERROR), false);
        failure.setAll(description);
        failure.put("StartDate", child.startMillis()).put("StateMachineArn", child.machine().arn())
                .put("Status", child.status().name()).put("StopDate", last.timestampMillis());
        return child.status() == ExecutionStatus.SUCCEEDED
                ? new TaskOutcome.Succeeded(failure)
                : new TaskOutcome.Failed("States.TaskFailed", Json.text(failure));
    }

    private static void put(ObjectNode node, String field, @Nullable String text,
            boolean parsed) {
        if (text != null && parsed) {
            node.set(field, Json.parse(text));
        } else if (text != null) {
            node.put(field, text);
        }
    }
}

package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.Page;
import io.stepyard.stepfunctions.PageTokens;
import io.stepyard.stepfunctions.StateMachineDescription;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations of the API by name: request in, answer out. */
final class Operations {
    private static final int PAGE_BY_DEFAULT = 100;
    private static final int PAGE_AT_MOST = 1_000;

    private final StepFunctionsEngine engine;
    private final Map<String, Operation> byName = new HashMap<>();

    /** One operation. */
    interface Operation {
        /** Answers a request. */
        ObjectNode call(Request request);
    }

    Operations(StepFunctionsEngine engine) {
        this.engine = engine;
        byName.put("CreateStateMachine", this::createStateMachine);
        byName.put("DescribeStateMachine", this::describeStateMachine);
        byName.put("DescribeStateMachineForExecution", this::describeStateMachineForExecution);
        byName.put("UpdateStateMachine", this::updateStateMachine);
        byName.put("DeleteStateMachine", this::deleteStateMachine);
        byName.put("ListStateMachines", this::listStateMachines);
        byName.put("StartExecution", this::startExecution);
        byName.put("DescribeExecution", this::describeExecution);
        byName.put("GetExecutionHistory", this::getExecutionHistory);
        byName.put("ListExecutions", this::listExecutions);
        byName.put("StopExecution", this::stopExecution);
        byName.put("SendTaskSuccess", this::sendTaskSuccess);
        byName.put("SendTaskFailure", this::sendTaskFailure);
        byName.put("SendTaskHeartbeat", this::sendTaskHeartbeat);
        byName.put("RedriveExecution", this::redriveExecution);
        byName.put("StartSyncExecution", this::startSyncExecution);
        new ActivityOperations(engine).addTo(byName);
        new VersionOperations(engine).addTo(byName);
        new TestingOperations(engine).addTo(byName);
        new MapRunOperations(engine).addTo(byName);
    }

    Operation named(String name) {
        Operation operation = byName.get(name);
        if (operation == null) {
            throw new StepFunctionsException(ErrorCode.UnknownOperationException,
                    "The operation " + name + " is not known here");
        }
        return operation;
    }

    private ObjectNode createStateMachine(Request request) {
        String type = request.text("type");
        if (type != null && !type.equals("STANDARD") && !type.equals("EXPRESS")) {
            throw Request.invalid("Value '" + type
                    + "' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]");
        }
        checkLogging(request);
        StateMachineDescription machine = engine.createStateMachine(request.required("name"),
                request.required("definition"), request.required("roleArn"), type == null ? "STANDARD" : type);
        ObjectNode answer = put(Json.object().put("stateMachineArn", machine.stateMachineArn()), "creationDate",
                machine.creationDate());
        return published(request, machine.stateMachineArn(), answer);
    }

    private ObjectNode published(Request request, String arn, ObjectNode answer) {
        return request.flag("publish", false)
                ? answer.put("stateMachineVersionArn", engine.versions()
                        .publish(arn, null, request.text("versionDescription")).stateMachineVersionArn())
                : answer;
    }

    /** Logs go nowhere here; what AWS refuses is refused all the same. */
    private static void checkLogging(Request request) {
        JsonNode logging = request.body().get("loggingConfiguration");
        if (logging != null && logging.isObject() && !logging.path("level").asString("OFF").equals("OFF")
                && logging.path("destinations").size() != 1) {
            throw new StepFunctionsException(ErrorCode.InvalidLoggingConfiguration,
                    "Invalid Logging Configuration: Must specify exactly one Log Destination.");
        }
    }

    private ObjectNode describeStateMachine(Request request) {
        return describe(engine.describeStateMachine(request.required("stateMachineArn")));
    }

    private static ObjectNode describe(StateMachineDescription machine) {
        ObjectNode answer = Json.object().put("stateMachineArn", machine.stateMachineArn()).put("name", machine.name())
                .put("status", "ACTIVE").put("definition", machine.definition()).put("roleArn", machine.roleArn())
                .put("type", machine.type()).put("revisionId", machine.revisionId());
        answer.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
        answer.putObject("tracingConfiguration").put("enabled", false);
        return put(answer, "creationDate", machine.creationDate());
    }

    private ObjectNode describeStateMachineForExecution(Request request) {
        StateMachineDescription machine = engine
                .describeStateMachineForExecution(request.required("executionArn"));
        ObjectNode answer = describe(machine);
        answer.remove(List.of("status", "type", "creationDate"));
        return put(answer, "updateDate", machine.updateDate());
    }

    private ObjectNode updateStateMachine(Request request) {
        checkLogging(request);
        StateMachineDescription machine = engine.updateStateMachine(request.required("stateMachineArn"),
                request.text("definition"), request.text("roleArn"));
        return published(request, machine.stateMachineArn(),
                put(Json.object().put("revisionId", machine.revisionId()), "updateDate", machine.updateDate()));
    }

    private ObjectNode deleteStateMachine(Request request) {
        engine.deleteStateMachine(request.required("stateMachineArn"));
        return Json.object();
    }

    private ObjectNode listStateMachines(Request request) {
        int limit = request.maxResults(PAGE_BY_DEFAULT, PAGE_AT_MOST);
        List<StateMachineDescription> all = engine.listStateMachines();
        int start = place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("stateMachines");
        for (int i = start; i < all.size() && i < start + limit; i++) {
            StateMachineDescription machine = all.get(i);
            list.add(put(Json.object().put("stateMachineArn", machine.stateMachineArn()).put("name", machine.name())
                    .put("type", machine.type()), "creationDate", machine.creationDate()));
        }
        return next(answer, start, limit, all.size());
    }

    private ObjectNode startExecution(Request request) {
        ExecutionSummary started = engine.startExecution(request.required("stateMachineArn"), request.text("name"),
                request.text("input"), request.text("traceHeader"));
        return put(Json.object().put("executionArn", started.executionArn()), "startDate", started.startDate());
    }

    private ObjectNode describeExecution(Request request) {
        ExecutionDescription found = engine.describeExecution(request.required("executionArn"));
        ObjectNode answer = summary(found.summary()).put("input", found.input());
        answer.putObject("inputDetails").put("included", true);
        if (found.output() != null) {
            answer.put("output", found.output());
            answer.putObject("outputDetails").put("included", true);
        }
        putText(answer, "error", found.error());
        putText(answer, "cause", found.cause());
        putText(answer, "traceHeader", found.traceHeader());
        putText(answer, "mapRunArn", found.mapRunArn());
        putText(answer, "stateMachineVersionArn", found.versionArn());
        putText(answer, "stateMachineAliasArn", found.aliasArn());
        answer.put("redriveCount", found.redriveCount());
        if (found.redriveDate() != null) {
            put(answer, "redriveDate", found.redriveDate());
        }
        return redriveStatus(answer, found.summary().status());
    }

    private static ObjectNode redriveStatus(ObjectNode answer, ExecutionStatus status) {
        return switch (status) {
            case RUNNING, PENDING_REDRIVE -> answer.put("redriveStatus", "NOT_REDRIVABLE").put("redriveStatusReason",
                    "Execution is RUNNING and cannot be redriven");
            case SUCCEEDED -> answer.put("redriveStatus", "NOT_REDRIVABLE").put("redriveStatusReason",
                    "Execution is SUCCEEDED and cannot be redriven");
            case FAILED, TIMED_OUT, ABORTED -> answer.put("redriveStatus", "REDRIVABLE");
        };
    }

    private static ObjectNode summary(ExecutionSummary execution) {
        ObjectNode answer = Json.object().put("executionArn", execution.executionArn())
                .put("stateMachineArn", execution.stateMachineArn()).put("name", execution.name())
                .put("status", execution.status().name());
        put(answer, "startDate", execution.startDate());
        return execution.stopDate() == null ? answer : put(answer, "stopDate", execution.stopDate());
    }

    private ObjectNode getExecutionHistory(Request request) {
        int limit = request.maxResults(PAGE_BY_DEFAULT, PAGE_AT_MOST);
        boolean withData = request.flag("includeExecutionData", true);
        List<HistoryEvent> events = engine.history(request.required("executionArn"));
        if (request.flag("reverseOrder", false)) {
            events = events.reversed();
        }
        int start = place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("events");
        for (int i = start; i < events.size() && i < start + limit; i++) {
            list.add(EventJson.of(events.get(i), withData));
        }
        return next(answer, start, limit, events.size());
    }

    private ObjectNode listExecutions(Request request) {
        String filter = request.text("statusFilter");
        String machine = request.text("stateMachineArn");
        String mapRun = request.text("mapRunArn");
        if ((machine == null) == (mapRun == null)) {
            throw new StepFunctionsException(ErrorCode.ValidationException,
                    "Must provide either stateMachineArn or mapRunArn, but not both");
        }
        int limit = request.maxResults(PAGE_BY_DEFAULT, PAGE_AT_MOST);
        String token = request.text("nextToken");
        Page<ExecutionSummary> page = machine == null
                ? engine.listExecutionsOfMapRun(String.valueOf(mapRun), status(filter), limit, token)
                : engine.listExecutions(machine, status(filter), limit, token);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("executions");
        page.items().forEach(execution -> list.add(summary(execution)));
        return putText(answer, "nextToken", page.nextToken());
    }

    private static @Nullable ExecutionStatus status(@Nullable String name) {
        if (name == null) {
            return null;
        }
        for (ExecutionStatus status : ExecutionStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw Request.invalid("Value '" + name + "' at 'statusFilter' failed to satisfy constraint: Member must satisfy"
                + " enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
    }

    private ObjectNode stopExecution(Request request) {
        ExecutionSummary stopped = engine.stopExecution(request.required("executionArn"), request.text("error"),
                request.text("cause"));
        Instant stop = stopped.stopDate();
        return stop == null ? Json.object() : put(Json.object(), "stopDate", stop);
    }

    private ObjectNode redriveExecution(Request request) {
        return put(Json.object(), "redriveDate", engine.redriveExecution(request.required("executionArn")));
    }

    /** Runs an Express machine and waits for its end, at most as long as AWS lets one run. */
    private ObjectNode startSyncExecution(Request request) {
        ExecutionDescription ended = engine.startSyncExecution(request.required("stateMachineArn"),
                request.text("name"), request.text("input"), request.text("traceHeader"));
        ObjectNode answer = summary(ended.summary()).put("input", ended.input());
        answer.putObject("inputDetails").put("included", true);
        putText(answer, "output", ended.output());
        if (ended.output() != null) {
            answer.putObject("outputDetails").put("included", true);
        }
        putText(answer, "error", ended.error());
        putText(answer, "cause", ended.cause());
        putText(answer, "traceHeader", ended.traceHeader());
        answer.putObject("billingDetails").put("billedMemoryUsedInMB", 64).put("billedDurationInMilliseconds", 100);
        return answer;
    }

    private ObjectNode sendTaskSuccess(Request request) {
        engine.sendTaskSuccess(request.required("taskToken"), request.required("output"));
        return Json.object();
    }

    private ObjectNode sendTaskFailure(Request request) {
        engine.sendTaskFailure(request.required("taskToken"), request.text("error"), request.text("cause"));
        return Json.object();
    }

    private ObjectNode sendTaskHeartbeat(Request request) {
        engine.sendTaskHeartbeat(request.required("taskToken"));
        return Json.object();
    }

    static int place(Request request) {
        String token = request.text("nextToken");
        return token == null ? 0 : (int) Math.clamp(PageTokens.read(token), 0L, (long) Integer.MAX_VALUE);
    }

    static ObjectNode next(ObjectNode answer, int start, int limit, int size) {
        return start + limit < size ? answer.put("nextToken", PageTokens.make(start + (long) limit)) : answer;
    }

    private static ObjectNode putText(ObjectNode answer, String field, @Nullable String value) {
        return value == null ? answer : answer.put(field, value);
    }

    /** Dates go as seconds with a fraction. */
    static ObjectNode put(ObjectNode answer, String field, Instant instant) {
        return answer.put(field, instant.toEpochMilli() / 1000.0);
    }
}

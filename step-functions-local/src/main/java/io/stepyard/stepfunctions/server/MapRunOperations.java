package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.MapRunDescription;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.language.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on runs of distributed Maps. */
record MapRunOperations(StepFunctionsEngine engine) {

    void addTo(Map<String, Operations.Operation> byName) {
        byName.put("ListMapRuns", this::list);
        byName.put("DescribeMapRun", this::describe);
    }

    private ObjectNode list(Request request) {
        int limit = request.maxResults(100, 1_000);
        List<MapRunDescription> all = engine.mapRuns().list(request.required("executionArn"));
        int start = Operations.place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("mapRuns");
        all.stream().skip(start).limit(limit).forEach(run -> list.add(dates(Json.object()
                .put("executionArn", run.executionArn()).put("mapRunArn", run.mapRunArn())
                .put("stateMachineArn", run.stateMachineArn()), run)));
        return Operations.next(answer, start, limit, all.size());
    }

    private static ObjectNode dates(ObjectNode answer, MapRunDescription run) {
        Operations.put(answer, "startDate", run.startDate());
        return run.stopDate() == null ? answer : Operations.put(answer, "stopDate", run.stopDate());
    }

    private ObjectNode describe(Request request) {
        MapRunDescription run = engine.mapRuns().describe(request.required("mapRunArn"));
        ObjectNode answer = dates(Json.object().put("mapRunArn", run.mapRunArn())
                .put("executionArn", run.executionArn()).put("status", run.status().name()), run);
        answer.put("maxConcurrency", run.maxConcurrency())
                .put("toleratedFailurePercentage", run.toleratedFailurePercentage())
                .put("toleratedFailureCount", run.toleratedFailureCount());
        answer.set("itemCounts", counts(run.items()));
        answer.set("executionCounts", counts(run.executions()));
        answer.put("redriveCount", run.redriveCount());
        return run.redriveDate() == null ? answer : Operations.put(answer, "redriveDate", run.redriveDate());
    }

    private static ObjectNode counts(MapRunDescription.Counts counts) {
        return Json.object().put("pending", counts.pending()).put("running", counts.running())
                .put("succeeded", counts.succeeded()).put("failed", counts.failed())
                .put("timedOut", counts.timedOut()).put("aborted", counts.aborted()).put("total", counts.total())
                .put("resultsWritten", counts.resultsWritten()).put("failuresNotRedrivable", 0)
                .put("pendingRedrive", 0);
    }
}

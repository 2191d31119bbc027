package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.ActivityDescription;
import io.stepyard.stepfunctions.ActivityTask;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on activities. */
record ActivityOperations(StepFunctionsEngine engine) {
    /** As long as AWS holds a poll. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void addTo(Map<String, Operations.Operation> byName) {
        byName.put("CreateActivity", this::create);
        byName.put("DescribeActivity", this::describe);
        byName.put("DeleteActivity", this::delete);
        byName.put("ListActivities", this::list);
        byName.put("GetActivityTask", this::getTask);
    }

    private ObjectNode create(Request request) {
        ActivityDescription activity = engine.activities().create(request.required("name"));
        return Operations.put(Json.object().put("activityArn", activity.activityArn()), "creationDate",
                activity.creationDate());
    }

    private ObjectNode describe(Request request) {
        return describe(engine.activities().describe(request.required("activityArn")));
    }

    private static ObjectNode describe(ActivityDescription activity) {
        return Operations.put(
                Json.object().put("activityArn", activity.activityArn()).put("name", activity.name()),
                "creationDate", activity.creationDate());
    }

    private ObjectNode delete(Request request) {
        engine.activities().delete(request.required("activityArn"));
        return Json.object();
    }

    private ObjectNode list(Request request) {
        int limit = request.maxResults(100, 1_000);
        List<ActivityDescription> all = engine.activities().list();
        int start = Operations.place(request);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("activities");
        for (int i = start; i < all.size() && i < start + limit; i++) {
            list.add(describe(all.get(i)));
        }
        return Operations.next(answer, start, limit, all.size());
    }

    private ObjectNode getTask(Request request) {
        ActivityTask task = engine.activities().getTask(request.required("activityArn"), request.text("workerName"),
                PATIENCE);
        // A poll that finds nothing answers nothing.
        return task == null
                ? Json.object()
                : Json.object().put("taskToken", task.taskToken()).put("input", task.input());
    }
}

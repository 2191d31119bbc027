package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.ActivityTask;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The workers of activities: they take the tasks and end them as the script says. */
record ScriptedWorkers(Scenario scenario) {

    /** Makes the activities that tasks were scheduled for; the others had been deleted. */
    void createActivities(StepFunctionsEngine engine) {
        forEachAttempt(entry -> engine.activities().create(name(entry)));
    }

    private static String name(JsonNode entry) {
        String arn = entry.path("resource").asString("");
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    void work(StepFunctionsEngine engine) {
        forEachAttempt(entry -> {
            ActivityTask task = engine.activities().getTask(entry.path("resource").asString(""), null,
                    Duration.ZERO);
            JsonNode output = entry.get("output");
            if (task != null && output != null) {
                engine.sendTaskSuccess(task.taskToken(), Json.text(output));
            }
        });
    }

    private void forEachAttempt(Consumer<JsonNode> action) {
        JsonNode script = scenario.script();
        if (script != null) {
            for (JsonNode entry : script) {
                if (entry.path("kind").asString("").equals("activity")) {
                    action.accept(entry);
                }
            }
        }
    }
}

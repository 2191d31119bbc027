package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the results of a distributed Map to an object; the state's result is then where it is. */
record ResultWriter(TaskResource resource, DataFlow arguments) {

    static @Nullable ResultWriter parse(ObjectNode state, boolean jsonata) {
        JsonNode writer = state.get("ResultWriter");
        TaskResource resource = writer == null ? null : TaskResource.parse(writer.path("Resource").asString(""));
        return writer == null || resource == null
                ? null
                : new ResultWriter(resource,
                        jsonata ? JsonataFlow.parse(writer) : JsonPathFlow.parse(writer, "Parameters"));
    }

    TaskCall call(Frame frame, MapRun run) {
        JsonNode target = arguments.payload(frame);
        ObjectNode put = Json.object().put("Bucket", target.path("Bucket").asString(""))
                .put("Key", key(target, run)).put("Body", Json.text(run.outputs()));
        return new TaskCall(frame.execution().info().arn(), frame.state().name(), run.startedEventId(), resource, put,
                null, null);
    }

    private static String key(JsonNode target, MapRun run) {
        String prefix = target.path("Prefix").asString("");
        String id = run.arn().substring(run.arn().lastIndexOf(':') + 1);
        return (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/") + id + "/manifest.json";
    }

    /** The result of the state: where the results were written. */
    JsonNode details(Frame frame, MapRun run) {
        JsonNode target = arguments.payload(frame);
        ObjectNode details = Json.object().put("MapRunArn", run.arn());
        details.putObject("ResultWriterDetails").put("Bucket", target.path("Bucket").asString("")).put("Key",
                key(target, run));
        return details;
    }
}

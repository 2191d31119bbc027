package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bucket of a recorded test.
 *
 * @param texts
 *            the objects, text by key; missing where nothing is known of them
 */
record RecordedObjects(JsonNode texts) {

    TaskOutcome call(TaskResource.Integration integration, JsonNode parameters) {
        return switch (integration.action()) {
            case "putObject" -> new TaskOutcome.Succeeded(Json.object());
            case "listObjectsV2" -> list();
            default -> get(parameters.path("Key").asString(""));
        };
    }

    private TaskOutcome get(String key) {
        JsonNode text = texts.get(key);
        return text == null
                ? new TaskOutcome.Failed(null, "the data has no content for this object")
                : new TaskOutcome.Succeeded(Json.object().put("Body", text.asString()));
    }

    private TaskOutcome list() {
        if (texts.isMissingNode()) {
            return new TaskOutcome.Failed(null, "the data does not say which objects there were");
        }
        ObjectNode answer = Json.object();
        ArrayNode contents = answer.putArray("Contents");
        texts.properties().forEach(object -> contents.add(Json.object().put("Etag", "\"" + object.getKey() + "\"")
                .put("Key", object.getKey()).put("LastModified", 0)
                .put("Size", object.getValue().asString().getBytes(StandardCharsets.UTF_8).length)
                .put("StorageClass", "STANDARD")));
        return new TaskOutcome.Succeeded(answer);
    }
}

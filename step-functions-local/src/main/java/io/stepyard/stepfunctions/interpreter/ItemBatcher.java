package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts several items of a distributed Map into one child execution, each batch as {@code {"BatchInput", "Items"}}. */
record ItemBatcher(NumberField maxItems, NumberField maxBytes, @Nullable PayloadTemplate pathInput,
        @Nullable JsonataTemplate input) {

    static @Nullable ItemBatcher parse(ObjectNode state, boolean jsonata) {
        JsonNode batcher = state.get("ItemBatcher");
        if (batcher == null) {
            return null;
        }
        JsonNode batchInput = batcher.get("BatchInput");
        return new ItemBatcher(NumberField.parse(batcher, "MaxItemsPerBatch"),
                NumberField.parse(batcher, "MaxInputBytesPerBatch"),
                batchInput == null || jsonata ? null : PayloadTemplate.parse(batchInput),
                batchInput == null || !jsonata ? null : JsonataTemplate.parse(batchInput, "ItemBatcher/BatchInput"));
    }

    List<JsonNode> batches(Frame frame, JsonNode stateInput, List<JsonNode> items) {
        Long mostItems = maxItems.evaluate(frame, stateInput);
        Long mostBytes = maxBytes.evaluate(frame, stateInput);
        JsonNode fixed = input != null
                ? input.evaluate(frame.scope(null, null))
                : pathInput != null ? pathInput.evaluate(frame.context(stateInput)) : null;
        List<JsonNode> batches = new ArrayList<>();
        ArrayNode batch = Json.nodes().arrayNode();
        long bytes = 0;
        for (JsonNode item : items) {
            long size = Json.text(item).getBytes(StandardCharsets.UTF_8).length;
            boolean enoughItems = mostItems != null && mostItems > 0 && batch.size() >= mostItems;
            boolean enoughBytes = mostBytes != null && mostBytes > 0 && !batch.isEmpty() && bytes + size > mostBytes;
            if (enoughItems || enoughBytes) {
                batches.add(batchOf(fixed, batch));
                batch = Json.nodes().arrayNode();
                bytes = 0;
            }
            batch.add(item);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batchOf(fixed, batch));
        }
        return batches;
    }

    private static ObjectNode batchOf(@Nullable JsonNode fixed, ArrayNode items) {
        ObjectNode batch = Json.object();
        if (fixed != null) {
            batch.set("BatchInput", fixed);
        }
        return batch.set("Items", items);
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one iteration of a Map runs over.
 *
 * @param key
 *            its name where the Map runs over the fields of an object, otherwise null
 */
record MapItem(@Nullable String key, JsonNode value) {

    static List<MapItem> elements(JsonNode array) {
        List<MapItem> items = new ArrayList<>(array.size());
        array.forEach(element -> items.add(new MapItem(null, element)));
        return items;
    }

    static List<MapItem> fields(JsonNode object) {
        List<MapItem> items = new ArrayList<>(object.size());
        object.forEachEntry((name, value) -> items.add(new MapItem(name, value)));
        return items;
    }

    /** What the iteration gets where nothing is selected. */
    JsonNode input() {
        return key == null ? value : Json.object().put("Key", key).set("Value", value);
    }

    /** {@code $$.Map.Item}. */
    ObjectNode context(int index) {
        ObjectNode item = Json.object().put("Index", index);
        if (key != null) {
            item.put("Key", key);
        }
        return item.set("Value", value);
    }
}

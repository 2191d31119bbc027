package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The branches of a Parallel state or the iterations of a Map state under way. */
final class Branches {
    private final @Nullable List<JsonNode> items;
    private final @Nullable JsonNode[] results;
    private final Map<Integer, Frame> running = new LinkedHashMap<>();
    private int finished;
    private int next;

    /** So many branches, which all start at once. */
    Branches(int count) {
        this.items = null;
        this.results = new JsonNode[count];
        this.next = count;
    }

    /** One iteration for each item. */
    Branches(List<JsonNode> items) {
        this.items = items;
        this.results = new JsonNode[items.size()];
    }

    Map<Integer, Frame> running() {
        return running;
    }

    void started(Frame branch) {
        running.put(branch.index(), branch);
        next = Math.max(next, branch.index() + 1);
    }

    void finished(Frame branch, JsonNode output) {
        running.remove(branch.index());
        results[branch.index()] = output;
        finished++;
    }

    boolean allFinished() {
        return finished == results.length;
    }

    /** The next item that has not begun, or -1 where all have. */
    int nextIndex() {
        return next < results.length ? next : -1;
    }

    JsonNode itemValue(int index) {
        if (items == null) {
            throw new IllegalStateException("the branches of a Parallel state have no items");
        }
        return items.get(index);
    }

    /** {@code $$.Map.Item} of an iteration, or null in a Parallel state. */
    @Nullable
    JsonNode item(int index) {
        return items == null ? null : new MapItem(null, items.get(index)).context(index);
    }

    ArrayNode results() {
        ArrayNode array = Json.nodes().arrayNode();
        for (JsonNode result : results) {
            array.add(result == null ? Json.nodes().nullNode() : result);
        }
        return array;
    }
}

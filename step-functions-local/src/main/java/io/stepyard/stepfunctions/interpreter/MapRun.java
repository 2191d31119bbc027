package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A distributed Map under way: its items, and how its child executions stand. */
final class MapRun {
    private final long startedEventId;
    private final String arn;
    private final long limit;
    private final Tolerance tolerance;
    private List<JsonNode> inputs = List.of();
    private @Nullable JsonNode[] outputs = new JsonNode[0];
    private int next;
    private int running;
    private int failed;
    private int over;
    private int items;
    private boolean writing;
    private boolean redriven;

    /**
     * How many failures the run bears.
     *
     * @param count
     *            at most so many, or null
     * @param percentage
     *            at most this part of all, 0 to 100, or null
     */
    record Tolerance(@Nullable Long count, @Nullable Double percentage) {
        boolean bears(int failures, int all) {
            if (failures == 0) {
                return true;
            }
            boolean byCount = count == null || failures <= count;
            boolean byPart = percentage == null || failures * 100.0 <= percentage * all;
            return (count != null || percentage != null) && byCount && byPart;
        }

        /** The limits as the history keeps them. */
        Map<String, String> figures(@Nullable Long maxConcurrency) {
            Map<String, String> figures = new LinkedHashMap<>();
            figures.put("maxConcurrency", Long.toString(maxConcurrency == null ? 0 : maxConcurrency));
            figures.put("toleratedFailureCount", Long.toString(count == null ? 0 : count));
            figures.put("toleratedFailurePercentage", Double.toString(percentage == null ? 0 : percentage));
            return figures;
        }
    }

    MapRun(long startedEventId, String arn, long limit, Tolerance tolerance) {
        this.startedEventId = startedEventId;
        this.arn = arn;
        this.limit = limit;
        this.tolerance = tolerance;
    }

    long startedEventId() {
        return startedEventId;
    }

    String arn() {
        return arn;
    }

    /** Whether children that failed run once more. */
    boolean redriven() {
        return redriven;
    }

    void redrive() {
        redriven = true;
    }

    /** How much there is to do, as the history keeps it. */
    Map<String, String> size() {
        return Map.of("executions", Integer.toString(inputs.size()), "items", Integer.toString(items));
    }

    void inputs(List<JsonNode> values, int itemCount) {
        inputs = List.copyOf(values);
        items = itemCount;
        outputs = new JsonNode[values.size()];
    }

    JsonNode input(int index) {
        return inputs.get(index);
    }

    /** The next child to start, or -1 where none may start now. */
    int startNext() {
        if (next >= inputs.size() || running >= limit) {
            return -1;
        }
        running++;
        return next++;
    }

    /** A child that was there before a restart. */
    void found(int index, ChildOutcome outcome) {
        next = Math.max(next, index + 1);
        running++;
        if (outcome.over()) {
            ended(index, outcome);
        }
    }

    void ended(int index, ChildOutcome outcome) {
        running--;
        over++;
        if (outcome.output() == null) {
            failed++;
        } else {
            outputs[index] = Json.parse(outcome.output());
        }
    }

    boolean allOver() {
        return over == inputs.size();
    }

    boolean bearsFailures() {
        return tolerance.bears(failed, inputs.size());
    }

    boolean writing() {
        return writing;
    }

    void beginWriting() {
        writing = true;
    }

    /** The outputs of the children that succeeded, in the order of their items. */
    ArrayNode outputs() {
        ArrayNode array = Json.nodes().arrayNode();
        for (JsonNode output : outputs) {
            if (output != null) {
                array.add(output);
            }
        }
        return array;
    }
}

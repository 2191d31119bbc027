package io.stepyard.stepfunctions.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares two histories: event by event, or as sets with their chains where branches ran side by side. */
final class HistoryComparison {
    private final Comparer matcher;

    HistoryComparison(Comparer matcher) {
        this.matcher = matcher;
    }

    /** The first difference, or null. */
    @Nullable
    String difference(JsonNode expected, List<JsonNode> actual, boolean concurrent) {
        String inOrder = inOrder(expected, actual);
        if (inOrder == null || !concurrent) {
            return inOrder;
        }
        return asSets(expected, actual) ? null : inOrder;
    }

    private @Nullable String inOrder(JsonNode expected, List<JsonNode> actual) {
        for (int i = 0; i < expected.size(); i++) {
            if (i >= actual.size()) {
                return "event " + (i + 1) + ": expected " + expected.get(i).path("type").asString()
                        + ", found the end of the history";
            }
            String difference = matcher.difference(expected.get(i), actual.get(i), "event " + (i + 1) + " "
                    + expected.get(i).path("type").asString());
            if (difference != null) {
                return difference;
            }
        }
        return actual.size() > expected.size()
                ? "event " + (expected.size() + 1) + ": expected the end of the history, found "
                        + actual.get(expected.size()).path("type").asString()
                : null;
    }

    /** Each expected event has one of ours with the same details, after an event of the same kind. */
    private boolean asSets(JsonNode expected, List<JsonNode> actual) {
        List<JsonNode> rest = new ArrayList<>(actual);
        int missing = 0;
        for (JsonNode event : expected) {
            JsonNode found = null;
            for (JsonNode candidate : rest) {
                if (sameEvent(event, candidate) && sameChain(expected, event, actual, candidate)) {
                    found = candidate;
                    break;
                }
            }
            missing += found == null ? 1 : 0;
            rest.remove(found);
        }
        // The data left out some events of Parallel states when it was made; nothing else may be over.
        boolean processed = hasLostOrder(expected);
        return missing == 0 && (processed || rest.isEmpty());
    }

    private boolean sameEvent(JsonNode expected, JsonNode actual) {
        if (!expected.path("type").equals(actual.path("type"))) {
            return false;
        }
        for (String name : expected.propertyNames()) {
            if (name.endsWith("EventDetails")
                    && matcher.difference(expected.get(name), actual.get(name), name) != null) {
                return false;
            }
        }
        return true;
    }

    private boolean sameChain(JsonNode expected, JsonNode event, List<JsonNode> actual, JsonNode candidate) {
        if (hasLostOrder(expected)) {
            return true;
        }
        JsonNode before = withId(expected, event.path("previousEventId").asLong(0));
        JsonNode beforeCandidate = null;
        for (JsonNode other : actual) {
            if (other.path("id").asLong() == candidate.path("previousEventId").asLong()) {
                beforeCandidate = other;
            }
        }
        if (before == null || beforeCandidate == null) {
            return before == null && beforeCandidate == null;
        }
        return sameEvent(before, beforeCandidate);
    }

    private static @Nullable JsonNode withId(JsonNode events, long id) {
        for (JsonNode event : events) {
            if (event.path("id").asLong(-1) == id) {
                return event;
            }
        }
        return null;
    }

    private static boolean hasLostOrder(JsonNode expected) {
        for (JsonNode event : expected) {
            if (event.path("id").isArray()) {
                return true;
            }
        }
        return false;
    }
}

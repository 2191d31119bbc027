package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A path that names exactly one place: {@code $.a.b[0]['c']}. Read and written without the general JSONPath library.
 *
 * @param steps
 *            a {@code String} for a field, an {@code Integer} for an element
 */
record ReferencePath(List<Object> steps) {
    ReferencePath {
        steps = List.copyOf(steps);
    }

    /** The path, or null where the text is no simple reference path. */
    static @Nullable ReferencePath parse(String text) {
        if (!text.startsWith("$")) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        int place = 1;
        while (place < text.length()) {
            int next = text.charAt(place) == '.'
                    ? field(text, place + 1, steps)
                    : text.charAt(place) == '[' ? bracket(text, place + 1, steps) : -1;
            if (next < 0) {
                return null;
            }
            place = next;
        }
        return new ReferencePath(steps);
    }

    private static int field(String text, int start, List<Object> steps) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (end == start) {
            return -1;
        }
        steps.add(text.substring(start, end));
        return end;
    }

    private static boolean isNamePart(char unit) {
        return Character.isLetterOrDigit(unit) || unit == '_' || unit == '-';
    }

    private static int bracket(String text, int start, List<Object> steps) {
        int close = text.indexOf(']', start);
        if (close < 0) {
            return -1;
        }
        char first = text.charAt(start);
        if (first == '\'' || first == '"') {
            int quote = text.indexOf(first, start + 1);
            if (quote < 0 || quote + 1 >= text.length() || text.charAt(quote + 1) != ']'
                    || text.charAt(quote - 1) == '\\') {
                return -1;
            }
            steps.add(text.substring(start + 1, quote));
            return quote + 2;
        }
        String digits = text.substring(start, close);
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        steps.add(Integer.valueOf(digits));
        return close + 1;
    }

    /** The value at this place, or null where there is none. */
    @Nullable
    JsonNode read(JsonNode root) {
        JsonNode at = root;
        for (Object step : steps) {
            JsonNode next = step instanceof String name ? at.get(name) : at.isArray() ? at.get((Integer) step) : null;
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** A tree equal to the root except at this place; shares what did not change. */
    JsonNode write(JsonNode root, JsonNode value) {
        return write(root, value, 0);
    }

    private JsonNode write(@Nullable JsonNode at, JsonNode value, int depth) {
        if (depth == steps.size()) {
            return value;
        }
        return steps.get(depth) instanceof String name
                ? writeField(at, name, value, depth)
                : writeElement(at, (Integer) steps.get(depth), value, depth);
    }

    private JsonNode writeField(@Nullable JsonNode at, String name, JsonNode value, int depth) {
        if (at != null && !at.isObject() && (depth == 0 || at.isArray())) {
            throw new IllegalArgumentException("no field '" + name + "' can be set here");
        }
        ObjectNode copy = at instanceof ObjectNode object ? Json.copyOf(object) : Json.object();
        copy.set(name, write(at == null ? null : at.get(name), value, depth + 1));
        return copy;
    }

    private JsonNode writeElement(@Nullable JsonNode at, int index, JsonNode value, int depth) {
        if (!(at instanceof ArrayNode array) || index >= array.size()) {
            throw new IllegalArgumentException("no element " + index + " here");
        }
        ArrayNode copy = Json.nodes().arrayNode();
        copy.addAll(array);
        copy.set(index, write(array.get(index), value, depth + 1));
        return copy;
    }
}

package io.stepyard.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON object that came as a request's body: only the fields that are known, each of the kind that is expected. */
public final class JsonBody {

    private static final int MAX_ENTRIES = 50;

    private final JsonNode node;

    private JsonBody(JsonNode node) {
        this.node = node;
    }

    /**
     * An empty body is an empty object.
     *
     * @throws ApiException 400 when it is no JSON object or has a field that is not among these, and as {@link RequestBodies#json}
     */
    public static JsonBody read(HttpServletRequest request, JsonMapper json, Set<String> fields) throws IOException {
        String text = RequestBodies.json(request);
        JsonNode node;
        try {
            node = json.readTree(text.isBlank() ? "{}" : text);
        } catch (JacksonException unreadable) {
            throw bad("a JSON object", "text that is no JSON");
        }
        if (!node.isObject()) {
            throw bad("a JSON object", "JSON that is no object");
        }
        for (String field : node.propertyNames()) {
            if (!fields.contains(field)) {
                throw bad("only the fields " + new TreeSet<>(fields), "the field '" + ApiException.cut(field) + "'");
            }
        }
        return new JsonBody(node);
    }

    /** Text of 1 to {@code max} characters without the blanks around it; empty when it is not there. */
    public Optional<String> text(String field, int max) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isString() || value.stringValue().isBlank() || value.stringValue().length() > max) {
            throw bad(field + " as 1 to " + max + " characters", found(value));
        }
        return Optional.of(value.stringValue().strip());
    }

    public Optional<Integer> whole(String field, int min, int max) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw bad(field + " as a whole number from " + min + " to " + max, found(value));
        }
        return Optional.of(value.intValue());
    }

    public Optional<Instant> instant(String field) {
        return text(field, 40).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw bad(field + " as a time such as 2026-11-21T18:00:00Z", "'" + ApiException.cut(text) + "'");
            }
        });
    }

    /** Short texts by name; empty when the field is not there. */
    public Map<String, String> texts(String field) {
        JsonNode value = node.path(field);
        Map<String, String> texts = new LinkedHashMap<>();
        if (isAbsent(value)) {
            return texts;
        }
        if (!value.isObject() || value.size() > MAX_ENTRIES) {
            throw bad(field + " as an object of at most " + MAX_ENTRIES + " texts", found(value));
        }
        value.properties().forEach(entry -> {
            boolean isShort = entry.getValue().isString() && entry.getValue().stringValue().length() <= 200
                    && !entry.getKey().isBlank() && entry.getKey().length() <= 100;
            if (!isShort) {
                throw bad(field + " as an object of short texts", found(entry.getValue()));
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        });
        return texts;
    }

    /** The field, or 400 saying what is expected of it. */
    public static <T> T required(Optional<T> value, String expected) {
        return value.orElseThrow(() -> bad(expected, "none"));
    }

    public static ApiException bad(String expected, String found) {
        return new ApiException(HttpStatus.BAD_REQUEST, "BAD_JSON",
                "Expected " + expected + ", but found " + found + ".");
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String found(JsonNode value) {
        return ApiException.cut(value.toString());
    }
}

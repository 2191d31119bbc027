package io.stepyard.function;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the fields of an event. What is missing or of another type is told with its name. */
public final class Events {

    /** Tolerates fields it does not know, so that an older function reads a newer event. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Events() {}

    /** @throws IllegalArgumentException when there is no text of that name */
    public static String text(JsonNode event, String field) {
        JsonNode value = event.path(field);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new IllegalArgumentException("Expected text in field '" + field + "' of the event, but found "
                    + (value.isMissingNode() ? "nothing" : value.getNodeType()));
        }
        return value.stringValue();
    }

    /** @throws IllegalArgumentException when there is no object of that name, or it is not of that type */
    public static <T> T object(JsonNode event, String field, Class<T> type) {
        JsonNode value = event.path(field);
        if (!value.isObject()) {
            throw new IllegalArgumentException("Expected an object in field '" + field + "' of the event, but found "
                    + (value.isMissingNode() ? "nothing" : value.getNodeType()));
        }
        return MAPPER.treeToValue(value, type);
    }
}

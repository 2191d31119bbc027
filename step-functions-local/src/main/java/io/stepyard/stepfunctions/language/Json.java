package io.stepyard.stepfunctions.language;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON texts and trees, with the limits the service sets. */
public final class Json {
    /** Largest input, output or result of a state, in bytes of UTF-8. */
    public static final int MAX_DATA_BYTES = 262_144;
    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 500;

    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** The mapper everything here uses. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Makes nodes. */
    public static JsonNodeFactory nodes() {
        return NODES;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** The tree of a text; throws {@link JacksonException} where it is not one JSON value. */
    public static JsonNode parse(String text) {
        JsonNode node = MAPPER.readTree(text);
        return node == null || node.isMissingNode() ? refuseEmpty() : node;
    }

    private static JsonNode refuseEmpty() {
        throw new InvalidJson("no JSON value in an empty text");
    }

    /** The tree of a text, or null where it is not one JSON value. */
    public static @Nullable JsonNode parseOrNull(String text) {
        try {
            return parse(text);
        } catch (JacksonException | InvalidJson notJson) {
            return null;
        }
    }

    /** The compact text of a tree. */
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Whether a text is longer than {@link #MAX_DATA_BYTES} in UTF-8. */
    public static boolean tooLarge(String text) {
        if (text.length() <= MAX_DATA_BYTES / 3) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : Character.isSurrogate(unit) ? 2 : 3;
        }
        return bytes > MAX_DATA_BYTES;
    }

    /** An object with the same fields, so that the original stays as it is. */
    public static ObjectNode copyOf(ObjectNode original) {
        ObjectNode copy = NODES.objectNode();
        copy.setAll(original);
        return copy;
    }

    /** A text holds no JSON value. */
    public static final class InvalidJson extends RuntimeException {
        InvalidJson(String message) {
            super(message);
        }
    }
}

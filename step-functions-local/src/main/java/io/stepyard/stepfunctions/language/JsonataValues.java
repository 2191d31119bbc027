package io.stepyard.stepfunctions.language;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries values between JSON trees and the maps and lists that the JSONata library works on. */
final class JsonataValues {
    /** Beyond this a double no longer holds every integer. */
    private static final double EXACT_INTEGERS = 9_007_199_254_740_992.0;

    private JsonataValues() {}

    static @Nullable Object fromJson(@Nullable JsonNode node) {
        return switch (node) {
            case null -> null;
            case ObjectNode object -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                object.forEachEntry((name, value) -> map.put(name, fromJson(value)));
                yield map;
            }
            case ArrayNode array -> {
                List<@Nullable Object> list = new ArrayList<>(array.size());
                array.forEach(element -> list.add(fromJson(element)));
                yield list;
            }
            default -> scalar(node);
        };
    }

    private static @Nullable Object scalar(JsonNode node) {
        if (node.isNull()) {
            return Jsonata.NULL_VALUE;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNumber() ? number(node) : node.asString();
    }

    private static Number number(JsonNode node) {
        if (node.isInt()) {
            return node.intValue();
        }
        return node.isLong() ? (Number) node.longValue() : (Number) node.doubleValue();
    }

    /** The tree of a value, or null where it is undefined. Functions have no JSON form and become empty texts, as in JSONata. */
    static @Nullable JsonNode toJson(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonNode node -> node;
            case Map<?, ?> map -> {
                ObjectNode object = Json.object();
                map.forEach((name, field) -> {
                    JsonNode node = toJson(field);
                    if (node != null) {
                        object.set(String.valueOf(name), node);
                    }
                });
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = Json.nodes().arrayNode();
                list.forEach(element -> {
                    JsonNode node = toJson(element);
                    array.add(node == null ? Json.nodes().nullNode() : node);
                });
                yield array;
            }
            default -> scalarToJson(value);
        };
    }

    @SuppressWarnings("ReferenceEquality")
    private static JsonNode scalarToJson(Object value) {
        if (value == Jsonata.NULL_VALUE) {
            return Json.nodes().nullNode();
        }
        return switch (value) {
            case Boolean flag -> Json.nodes().booleanNode(flag);
            case String text -> Json.nodes().stringNode(text);
            case Integer number -> Json.nodes().numberNode(number);
            case Long number -> whole(number);
            case BigInteger number -> Json.nodes().numberNode(number);
            case BigDecimal number -> Json.nodes().numberNode(number);
            case Number number -> fraction(number.doubleValue());
            default -> Json.nodes().stringNode("");
        };
    }

    private static JsonNode whole(long number) {
        return number == (int) number ? Json.nodes().numberNode((int) number) : Json.nodes().numberNode(number);
    }

    /** JSONata knows one kind of number: what is whole is written without a fraction. */
    private static JsonNode fraction(double number) {
        return number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS
                ? whole((long) number)
                : Json.nodes().numberNode(number);
    }

    /** The name JSONata gives to the type of a value. */
    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL, MISSING -> "null";
            case STRING, BINARY -> "string";
        };
    }
}

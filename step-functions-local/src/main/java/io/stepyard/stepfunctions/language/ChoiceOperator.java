package io.stepyard.stepfunctions.language;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The comparison operators of a Choice state; with their {@code ...Path} forms there are 39. Unlike types never compare. */
@SuppressWarnings("ImmutableEnumChecker")
enum ChoiceOperator {
    STRING_EQUALS("StringEquals", texts(order -> order == 0)), STRING_LESS_THAN("StringLessThan",
            texts(order -> order < 0)), STRING_GREATER_THAN("StringGreaterThan",
                    texts(order -> order > 0)), STRING_LESS_THAN_EQUALS("StringLessThanEquals",
                            texts(order -> order <= 0)), STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals",
                                    texts(order -> order >= 0)), STRING_MATCHES("StringMatches",
                                            ChoiceOperator::like),

    NUMERIC_EQUALS("NumericEquals", numbers(order -> order == 0)), NUMERIC_LESS_THAN("NumericLessThan",
            numbers(order -> order < 0)), NUMERIC_GREATER_THAN("NumericGreaterThan",
                    numbers(order -> order > 0)), NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals",
                            numbers(order -> order <= 0)), NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals",
                                    numbers(order -> order >= 0)),

    BOOLEAN_EQUALS("BooleanEquals", (left, right) -> left.isBoolean() && left.equals(right)),

    TIMESTAMP_EQUALS("TimestampEquals", instants(order -> order == 0)), TIMESTAMP_LESS_THAN("TimestampLessThan",
            instants(order -> order < 0)), TIMESTAMP_GREATER_THAN("TimestampGreaterThan",
                    instants(order -> order > 0)), TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals",
                            instants(order -> order <= 0)), TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals",
                                    instants(order -> order >= 0)),

    IS_NULL("IsNull", (left, right) -> left.isNull() == right.asBoolean()), IS_PRESENT("IsPresent",
            (left, right) -> right.asBoolean()), IS_NUMERIC("IsNumeric",
                    (left, right) -> left.isNumber() == right.asBoolean()), IS_STRING("IsString",
                            (left, right) -> left.isString() == right.asBoolean()), IS_BOOLEAN("IsBoolean",
                                    (left, right) -> left.isBoolean() == right.asBoolean()), IS_TIMESTAMP("IsTimestamp",
                                            (left, right) -> (instant(left) != null) == right.asBoolean());

    private static final Map<String, ChoiceOperator> BY_NAME = new HashMap<>();

    static {
        for (ChoiceOperator operator : values()) {
            BY_NAME.put(operator.awsName, operator);
            if (!operator.awsName.startsWith("Is") && operator != STRING_MATCHES) {
                BY_NAME.put(operator.awsName + "Path", operator);
            }
        }
    }

    private final String awsName;
    private final BiPredicate<JsonNode, JsonNode> test;

    ChoiceOperator(String awsName, BiPredicate<JsonNode, JsonNode> test) {
        this.awsName = awsName;
        this.test = test;
    }

    /** The operator with this name, with or without {@code Path} at its end, or null. */
    static @Nullable ChoiceOperator named(String name) {
        return BY_NAME.get(name);
    }

    /** Whether the comparison holds. */
    boolean holds(JsonNode left, JsonNode right) {
        return test.test(left, right);
    }

    private static BiPredicate<JsonNode, JsonNode> texts(IntPredicate order) {
        return (left, right) -> left.isString() && right.isString()
                && order.test(left.asString().compareTo(right.asString()));
    }

    private static BiPredicate<JsonNode, JsonNode> numbers(IntPredicate order) {
        return (left, right) -> left.isNumber() && right.isNumber()
                && order.test(left.decimalValue().compareTo(right.decimalValue()));
    }

    private static BiPredicate<JsonNode, JsonNode> instants(IntPredicate order) {
        return (left, right) -> {
            Instant first = instant(left);
            Instant second = instant(right);
            return first != null && second != null && order.test(first.compareTo(second));
        };
    }

    private static @Nullable Instant instant(JsonNode value) {
        return value.isString() ? Timestamps.parse(value.asString()) : null;
    }

    /** The star stands for any characters; a backslash makes the next character plain. */
    private static boolean like(JsonNode left, JsonNode right) {
        return left.isString() && right.isString() && like(left.asString(), 0, right.asString(), 0);
    }

    private static boolean like(String text, int textStart, String pattern, int patternStart) {
        int at = textStart;
        int place = patternStart;
        int starPlace = -1;
        int starAt = 0;
        while (at < text.length()) {
            boolean escaped = place + 1 < pattern.length() && pattern.charAt(place) == '\\';
            if (place < pattern.length() && !escaped && pattern.charAt(place) == '*') {
                starPlace = ++place;
                starAt = at;
            } else if (place < pattern.length() && pattern.charAt(escaped ? place + 1 : place) == text.charAt(at)) {
                place += escaped ? 2 : 1;
                at++;
            } else if (starPlace >= 0) {
                place = starPlace;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (place < pattern.length() && pattern.charAt(place) == '*') {
            place++;
        }
        return place == pattern.length();
    }
}

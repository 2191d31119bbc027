package io.stepyard.stepfunctions.language;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The eighteen intrinsic functions. Refusals are {@link IllegalArgumentException}. */
enum IntrinsicFunction {
    FORMAT("States.Format", 1, 99) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return text(format(textOf(arguments.get(0)), arguments));
        }
    },
    STRING_TO_JSON("States.StringToJson", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            String text = textOf(arguments.get(0));
            JsonNode value = Json.parseOrNull(text.isBlank() ? "null" : text);
            if (value == null) {
                throw new IllegalArgumentException("Invalid JSON in States.StringToJson: '" + text + "'");
            }
            return value;
        }
    },
    JSON_TO_STRING("States.JsonToString", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return text(Json.text(arguments.get(0)));
        }
    },
    ARRAY("States.Array", 0, 99) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return array(arguments);
        }
    },
    ARRAY_PARTITION("States.ArrayPartition", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            ArrayNode whole = arrayOf(arguments.get(0));
            long size = integerOf(arguments.get(1));
            if (size < 1) {
                throw new IllegalArgumentException("The chunk size must be a positive integer, found " + size);
            }
            ArrayNode chunks = Json.nodes().arrayNode();
            ArrayNode chunk = Json.nodes().arrayNode();
            for (JsonNode element : whole) {
                chunk.add(element);
                if (chunk.size() == size) {
                    chunks.add(chunk);
                    chunk = Json.nodes().arrayNode();
                }
            }
            return chunk.isEmpty() ? chunks : chunks.add(chunk);
        }
    },
    ARRAY_CONTAINS("States.ArrayContains", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            for (JsonNode element : arrayOf(arguments.get(0))) {
                if (same(element, arguments.get(1))) {
                    return Json.nodes().booleanNode(true);
                }
            }
            return Json.nodes().booleanNode(false);
        }
    },
    ARRAY_RANGE("States.ArrayRange", 3, 3) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return range(integerOf(arguments.get(0)), integerOf(arguments.get(1)), integerOf(arguments.get(2)));
        }
    },
    ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            ArrayNode whole = arrayOf(arguments.get(0));
            long index = integerOf(arguments.get(1));
            if (index < 0 || index >= whole.size()) {
                throw new IllegalArgumentException("Index " + index + " is outside the array of " + whole.size());
            }
            return whole.get((int) index);
        }
    },
    ARRAY_LENGTH("States.ArrayLength", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return Json.nodes().numberNode(arrayOf(arguments.get(0)).size());
        }
    },
    ARRAY_UNIQUE("States.ArrayUnique", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            List<JsonNode> kept = new ArrayList<>();
            LinkedHashSet<JsonNode> seen = new LinkedHashSet<>();
            for (JsonNode element : arrayOf(arguments.get(0))) {
                if (seen.add(element)) {
                    kept.add(element);
                }
            }
            return array(kept);
        }
    },
    BASE64_ENCODE("States.Base64Encode", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            byte[] bytes = limited(textOf(arguments.get(0))).getBytes(StandardCharsets.UTF_8);
            return text(Base64.getEncoder().encodeToString(bytes));
        }
    },
    BASE64_DECODE("States.Base64Decode", 1, 1) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            byte[] bytes = Base64.getDecoder().decode(limited(textOf(arguments.get(0))));
            return text(new String(bytes, StandardCharsets.UTF_8));
        }
    },
    HASH("States.Hash", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            JsonNode data = arguments.get(0);
            return text(hash(data.isString() ? data.asString() : Json.text(data), textOf(arguments.get(1))));
        }
    },
    JSON_MERGE("States.JsonMerge", 3, 3) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            if (!(arguments.get(0) instanceof ObjectNode left) || !(arguments.get(1) instanceof ObjectNode right)) {
                throw new IllegalArgumentException("States.JsonMerge takes two objects");
            }
            if (!arguments.get(2).isBoolean() || arguments.get(2).asBoolean()) {
                throw new IllegalArgumentException(
                        "States.JsonMerge only merges shallowly: the third argument is false");
            }
            ObjectNode merged = Json.copyOf(left);
            merged.setAll(right);
            return merged;
        }
    },
    MATH_RANDOM("States.MathRandom", 2, 3) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            long low = integerOf(arguments.get(0));
            long high = integerOf(arguments.get(1));
            if (low >= high) {
                throw new IllegalArgumentException("The range from " + low + " to " + high + " is empty");
            }
            RandomGenerator source = arguments.size() == 3
                    ? new java.util.Random(integerOf(arguments.get(2)))
                    : random;
            return Json.nodes().numberNode(source.nextLong(low, high));
        }
    },
    MATH_ADD("States.MathAdd", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return number(integerOf(arguments.get(0)) + integerOf(arguments.get(1)));
        }
    },
    STRING_SPLIT("States.StringSplit", 2, 2) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return split(textOf(arguments.get(0)), textOf(arguments.get(1)));
        }
    },
    UUID_V4("States.UUID", 0, 0) {
        @Override
        JsonNode apply(List<JsonNode> arguments, RandomGenerator random) {
            return text(Uuids.random(random));
        }
    };

    private static final int MAX_RANGE = 1_000;
    private static final int MAX_CODED_CHARS = 10_000;
    private static final Map<String, IntrinsicFunction> BY_NAME = new HashMap<>();

    static {
        for (IntrinsicFunction function : values()) {
            BY_NAME.put(function.awsName, function);
        }
    }

    private final String awsName;
    private final int fewest;
    private final int most;

    IntrinsicFunction(String awsName, int fewest, int most) {
        this.awsName = awsName;
        this.fewest = fewest;
        this.most = most;
    }

    abstract JsonNode apply(List<JsonNode> arguments, RandomGenerator random);

    /** Parts of the context object are formatted as the service's own maps, not as JSON. */
    static String shownAsMap(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(IntrinsicFunction::shownAsMap)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream().map(field -> field.getKey() + "=" + shownAsMap(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.isString() ? value.asString() : Json.text(value);
    }

    /** The function with this name, or null. */
    static @Nullable IntrinsicFunction named(String name) {
        return BY_NAME.get(name);
    }

    /** Whether the function takes so many arguments. */
    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    private static JsonNode range(long first, long last, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("The step of States.ArrayRange must not be 0");
        }
        ArrayNode values = Json.nodes().arrayNode();
        for (long value = first; (step > 0) ? (value <= last) : (value >= last); value += step) {
            if (values.size() >= MAX_RANGE) {
                throw new IllegalArgumentException("States.ArrayRange makes at most " + MAX_RANGE + " elements");
            }
            values.add(number(value));
        }
        return values;
    }

    private static String format(String pattern, List<JsonNode> arguments) {
        StringBuilder out = new StringBuilder();
        int next = 1;
        for (int i = 0; i < pattern.length(); i++) {
            char unit = pattern.charAt(i);
            if (unit == '\\' && i + 1 < pattern.length()) {
                out.append(pattern.charAt(++i));
            } else if (unit == '{' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '}') {
                if (next >= arguments.size()) {
                    throw new IllegalArgumentException("States.Format has more {} than arguments");
                }
                JsonNode value = arguments.get(next++);
                out.append(value.isString() ? value.asString() : Json.text(value));
                i++;
            } else {
                out.append(unit);
            }
        }
        if (next < arguments.size()) {
            throw new IllegalArgumentException("States.Format has fewer {} than arguments");
        }
        return out.toString();
    }

    private static JsonNode split(String text, String separators) {
        ArrayNode parts = Json.nodes().arrayNode();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (separators.indexOf(text.charAt(i)) < 0) {
                part.append(text.charAt(i));
            } else if (!part.isEmpty()) {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        if (!part.isEmpty()) {
            parts.add(part.toString());
        }
        return parts;
    }

    private static String hash(String data, String algorithm) {
        if (!List.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512").contains(algorithm)) {
            throw new IllegalArgumentException("Unknown hash algorithm '" + algorithm + "'");
        }
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance(algorithm).digest(limited(data).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this Java has no " + algorithm, absent);
        }
    }

    /** Integers, and 1.0 as 1, compare equal. */
    private static boolean same(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        return left.equals(right);
    }

    private static String limited(String text) {
        if (text.length() > MAX_CODED_CHARS) {
            throw new IllegalArgumentException("at most " + MAX_CODED_CHARS + " characters, found " + text.length());
        }
        return text;
    }

    private static JsonNode text(String value) {
        return Json.nodes().stringNode(value);
    }

    private static JsonNode number(long value) {
        return value == (int) value ? Json.nodes().numberNode((int) value) : Json.nodes().numberNode(value);
    }

    private static ArrayNode array(List<JsonNode> values) {
        ArrayNode array = Json.nodes().arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static String textOf(JsonNode value) {
        if (!value.isString()) {
            throw new IllegalArgumentException("expected a text, found " + Json.text(value));
        }
        return value.asString();
    }

    private static ArrayNode arrayOf(JsonNode value) {
        if (value instanceof ArrayNode array) {
            return array;
        }
        throw new IllegalArgumentException("expected an array, found " + Json.text(value));
    }

    private static long integerOf(JsonNode value) {
        if (!value.isNumber() || (value.isIntegralNumber() && !value.canConvertToLong())) {
            throw new IllegalArgumentException("expected a number, found " + Json.text(value));
        }
        return value.isIntegralNumber() ? value.longValue() : Math.round(value.doubleValue());
    }
}

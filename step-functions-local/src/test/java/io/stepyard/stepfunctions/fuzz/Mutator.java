package io.stepyard.stepfunctions.fuzz;

import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON trees, texts and bytes that are almost right. */
record Mutator(RandomGenerator random) {
    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e400", "-0.0",
            "99999999999999999999999", "9223372036854775807", "-9223372036854775808",
            "1.5", "\"\"", "\"$\"", "\"$$\"", "\"$.a[*].b\"", "\"$..*\"", "\"$.a[?(@.b > 1)]\"", "\"$.a[-1:]\"",
            "\"$[\"", "\"$x\"",
            "\"{% $states.input %}\"", "\"{% $ %}\"", "\"{% %}\"", "\"{% ((((( %}\"",
            "\"{% $map([1..3], function($v){$v/0}) %}\"",
            "\"{% $f := function($x){$f($x)}; $f(1) %}\"", "\"{% $toMillis('x') %}\"", "\"States.Format('{}')\"",
            "\"States.ArrayRange(1, 9999999, 0)\"", "\"States.Array($.a, States.UUID(\"",
            "\"States.Base64Decode('!')\"",
            "\"States.MathRandom(2, 1)\"", "\"States.StringToJson('{')\"", "\"States.JsonMerge($.a, $.b, true)\"",
            "\"2026-02-30T25:61:00Z\"", "\"+1000000000-12-31T23:59:59Z\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}",
            "[[[[]]]]",
            "{\"\":{\"\":[]}}", "\"arn:aws:states:::lambda:invoke\"", "\"arn:aws:states:::nothing:at.all\"",
            "\"States.ALL\"",
            "\"Pass\"", "\"Task\"", "\"Map\"", "\"Parallel\"", "\"Choice\"", "\"Wait\"", "\"Fail\"", "\"Nowhere\"");
    private static final List<String> NAMES = List.of("Type", "Next", "End", "Default", "Choices", "Variable", "Result",
            "ResultPath", "InputPath", "OutputPath", "Parameters", "ResultSelector", "Retry", "Catch", "ErrorEquals",
            "States",
            "StartAt", "Branches", "ItemProcessor", "ItemsPath", "ItemSelector", "MaxConcurrency", "MaxConcurrencyPath",
            "ToleratedFailurePercentage", "ItemBatcher", "ItemReader", "ResultWriter", "Seconds", "SecondsPath",
            "Timestamp",
            "TimeoutSeconds", "HeartbeatSecondsPath", "Assign", "Output", "Arguments", "QueryLanguage", "Condition",
            "And", "Not",
            "IsPresent", "StringMatches", "NumericEqualsPath", "x.$", "$", "", "Error", "CausePath", "IntervalSeconds",
            "MaxAttempts", "BackoffRate", "JitterStrategy", "Credentials", "Comment", "Label", "Version", "Items");

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> list) {
        return list.get(upTo(list.size()));
    }

    JsonNode value() {
        String text = pick(VALUES);
        JsonNode node = Json.parseOrNull(text);
        return node == null ? Json.nodes().stringNode(text) : node;
    }

    String name() {
        return pick(NAMES);
    }

    /** The tree with a few nodes changed; the original stays as it is. */
    JsonNode tree(JsonNode original) {
        JsonNode copy = original.deepCopy();
        int changes = 1 + upTo(3);
        for (int i = 0; i < changes; i++) {
            copy = changed(copy);
        }
        return copy;
    }

    private JsonNode changed(JsonNode root) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        if (holders.isEmpty()) {
            return value();
        }
        switch (pick(holders)) {
            case ObjectNode object -> change(object, root);
            case ArrayNode array -> change(array, root);
            default -> throw new IllegalStateException("only objects and arrays hold nodes");
        }
        return root;
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainer() && !node.isEmpty()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private void change(ObjectNode object, JsonNode root) {
        List<String> names = List.copyOf(object.propertyNames());
        String name = pick(names);
        switch (upTo(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name(), object.remove(name));
            case 2 -> object.set(name(), value());
            case 3 -> object.set(name, somewhereIn(root));
            default -> object.set(name, value());
        }
    }

    private void change(ArrayNode array, JsonNode root) {
        int place = upTo(array.size());
        switch (upTo(4)) {
            case 0 -> array.remove(place);
            case 1 -> array.add(array.get(place).deepCopy());
            case 2 -> array.set(place, somewhereIn(root));
            default -> array.set(place, value());
        }
    }

    private JsonNode somewhereIn(JsonNode root) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        return pick(holders).deepCopy();
    }

    /** The text with a few characters cut, doubled, changed, or with much of something put in. */
    String text(String original) {
        StringBuilder text = new StringBuilder(original);
        int changes = 1 + upTo(3);
        for (int i = 0; i < changes; i++) {
            int at = upTo(text.length() + 1);
            switch (upTo(6)) {
                case 0 -> text.setLength(at);
                case 1 -> text.insert(at, (char) upTo(0x250));
                case 2 -> text.insert(at,
                        pick(List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "null", "\u0000", "\ufeff")));
                case 3 -> text.insert(at, "[".repeat(upTo(2_000)));
                case 4 -> text.delete(at, Math.min(text.length(), at + 1 + upTo(8)));
                default -> {
                    if (at < text.length()) {
                        text.setCharAt(at, (char) (32 + upTo(96)));
                    }
                }
            }
        }
        return text.toString();
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[upTo(most)];
        random.nextBytes(bytes);
        return bytes;
    }
}

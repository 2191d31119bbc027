package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.language.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what AWS recorded with what this engine did; volatile values match anything. */
final class Comparer {
    private static final Set<String> NOISE = Set.of("SdkHttpMetadata", "SdkResponseMetadata", "inputDetails",
            "outputDetails", "assignedVariablesDetails", "timestamp",
            // Nor what its workers called themselves.
            "workerName");
    /** The data does not say which role its machines had. */
    private static final Set<String> ROLES = Set.of("snf_role_arn", "sfn_role_arn");
    private static final Pattern WILDCARD = Pattern.compile("<+[^<>]*>*(?::\\d+)?>");

    /** An account has twelve digits: anything else in its place stands for one. */
    private static final Pattern ACCOUNT = Pattern
            .compile("(arn:aws:[a-z-]+:[a-z0-9-]*:)(?!\\d{12}:)[^:<]+(:[A-Za-z]+:)");

    private final Set<String> placeholders;

    Comparer(Set<String> placeholders) {
        this.placeholders = Set.copyOf(placeholders);
    }

    /** Where the two differ, as a path with both values; null where they match. */
    @Nullable
    String difference(@Nullable JsonNode expected, @Nullable JsonNode actual, String path) {
        JsonNode left = unwrapped(expected);
        JsonNode right = unwrapped(actual);
        if (left != null && left.isString() && isVolatile(left.asString()) && right != null) {
            return null;
        }
        if (left == null || right == null) {
            return left == null && right == null ? null : path + ": expected " + left + ", found " + right;
        }
        if (left.isObject() && right.isObject()) {
            return ofObjects(left, right, path);
        }
        if (left.isArray() && right.isArray()) {
            return ofArrays(left, right, path);
        }
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0 ? null : differs(left, right, path);
        }
        if (left.isString() && right.isString()) {
            return texts(left.asString(), right.asString()) ? null : differs(left, right, path);
        }
        return left.equals(right) ? null : differs(left, right, path);
    }

    private static String differs(JsonNode expected, JsonNode actual, String path) {
        return path + ": expected " + shown(expected) + ", found " + shown(actual);
    }

    private static String shown(JsonNode node) {
        String text = Json.text(node);
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }

    private @Nullable String ofObjects(JsonNode left, JsonNode right, String path) {
        for (Map.Entry<String, JsonNode> field : left.properties()) {
            String name = field.getKey();
            if (!NOISE.contains(name)) {
                String difference = difference(field.getValue(), right.get(name), path + "/" + name);
                if (difference != null) {
                    return difference;
                }
            }
        }
        for (String name : right.propertyNames()) {
            if (!NOISE.contains(name) && !left.has(name)) {
                return path + "/" + name + ": expected nothing, found " + shown(right.get(name));
            }
        }
        return null;
    }

    private @Nullable String ofArrays(JsonNode left, JsonNode right, String path) {
        if (left.size() != right.size()) {
            return differs(left, right, path);
        }
        for (int i = 0; i < left.size(); i++) {
            String difference = difference(left.get(i), right.get(i), path + "[" + i + "]");
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private boolean isVolatile(String text) {
        return placeholders.contains(text) || ROLES.contains(text) || WILDCARD.matcher(text).matches();
    }

    /** A text with placeholders in it matches where its fixed parts do. */
    static boolean texts(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        String patched = ACCOUNT.matcher(expected).replaceAll("$1<account>$2");
        if (!WILDCARD.matcher(patched).find()) {
            return false;
        }
        StringBuilder pattern = new StringBuilder();
        Matcher wild = WILDCARD.matcher(patched);
        int place = 0;
        while (wild.find()) {
            pattern.append(Pattern.quote(patched.substring(place, wild.start()))).append(".*");
            place = wild.end();
        }
        pattern.append(Pattern.quote(patched.substring(place)));
        return Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual).matches();
    }

    /** A text that holds JSON stands for that JSON. */
    private static @Nullable JsonNode unwrapped(@Nullable JsonNode node) {
        if (node == null || !node.isString()) {
            return node;
        }
        JsonNode parsed = Json.parseOrNull(node.asString());
        return parsed == null ? node : parsed.isString() ? unwrapped(parsed) : parsed;
    }
}

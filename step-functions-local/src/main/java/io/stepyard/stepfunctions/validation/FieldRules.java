package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.language.JsonataExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which fields states, retriers and catchers have, and what each may hold. */
final class FieldRules {
    private static final Set<String> EVERYWHERE = Set.of("Type", "Comment", "QueryLanguage");
    private static final Set<String> PATH_ONLY = Set.of("InputPath", "OutputPath", "ResultPath", "Parameters",
            "ResultSelector", "ItemsPath", "SecondsPath", "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath",
            "MaxConcurrencyPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath", "ErrorPath",
            "CausePath");
    private static final Set<String> JSONATA_ONLY = Set.of("Arguments", "Output", "Items");
    private static final Map<String, String> BY_TYPE = Map.of(
            "Pass", "Next End Assign InputPath OutputPath ResultPath Parameters Result Output",
            "Task",
            "Next End Assign InputPath OutputPath ResultPath Parameters ResultSelector Arguments Output Resource"
                    + " Retry Catch TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath Credentials",
            "Choice", "Choices Default Assign InputPath OutputPath Output",
            "Wait", "Next End Assign InputPath OutputPath Output Seconds SecondsPath Timestamp TimestampPath",
            "Succeed", "InputPath OutputPath Output Assign", "Fail", "Error ErrorPath Cause CausePath",
            "Parallel", "Next End Assign InputPath OutputPath ResultPath Parameters ResultSelector Arguments Output"
                    + " Retry Catch Branches",
            "Map",
            "Next End Assign InputPath OutputPath ResultPath Parameters ResultSelector Output Retry Catch Iterator"
                    + " ItemProcessor ItemsPath Items ItemSelector ItemReader ItemBatcher ResultWriter Label"
                    + " MaxConcurrency MaxConcurrencyPath ToleratedFailureCount ToleratedFailureCountPath"
                    + " ToleratedFailurePercentage ToleratedFailurePercentagePath");
    private static final Set<String> TEXTS = Set.of("Next", "Default", "Resource", "Comment", "Label", "StartAt",
            "SecondsPath", "TimestampPath", "TimeoutSecondsPath", "HeartbeatSecondsPath", "MaxConcurrencyPath",
            "ItemsPath", "ErrorPath", "CausePath", "JitterStrategy", "Timestamp", "Variable");
    private static final Set<String> LISTS = Set.of("Choices", "Retry", "Catch", "Branches", "ErrorEquals");
    private static final Set<String> OBJECTS = Set.of("Assign", "ItemProcessor", "Iterator", "ItemReader",
            "ItemBatcher", "ResultWriter", "Credentials");
    /** The least a number may be. */
    private static final Map<String, Integer> INTEGERS = Map.of("TimeoutSeconds", 1, "HeartbeatSeconds", 1,
            "MaxConcurrency", 0, "Seconds", 0, "IntervalSeconds", 1, "MaxAttempts", 0, "MaxDelaySeconds", 1,
            "ToleratedFailureCount", 0);
    private static final Set<String> RETRIER = Set.of("ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate",
            "MaxDelaySeconds", "JitterStrategy", "Comment");
    private static final Set<String> CATCHER = Set.of("ErrorEquals", "Next", "ResultPath", "Output", "Assign",
            "Comment");

    /** What selects more than one place. */
    private static final Pattern NO_REFERENCE = Pattern.compile("\\.\\.|\\*|\\?|\\[[^'\"\\]]*[,:]");
    private static final Pattern VARIABLE = Pattern
            .compile("\\p{javaUnicodeIdentifierStart}[\\p{javaUnicodeIdentifierPart}]*");

    private final BiConsumer<String, String> found;

    /** Findings go to a consumer of message and location. */
    FieldRules(BiConsumer<String, String> found) {
        this.found = found;
    }

    void state(JsonNode state, String type, boolean jsonata, String location) {
        Set<String> allowed = new HashSet<>(EVERYWHERE);
        allowed.addAll(List.of(BY_TYPE.getOrDefault(type, "").split(" ", -1)));
        allowed.removeAll(jsonata ? PATH_ONLY : JSONATA_ONLY);
        fields(state, allowed, jsonata, location);
        together(state, "TimeoutSeconds", "TimeoutSecondsPath", location);
        together(state, "HeartbeatSeconds", "HeartbeatSecondsPath", location);
        together(state, "MaxConcurrency", "MaxConcurrencyPath", location);
        together(state, "Error", "ErrorPath", location);
        together(state, "Cause", "CausePath", location);
        if (state.path("TimeoutSeconds").isIntegralNumber() && state.path("HeartbeatSeconds").isIntegralNumber()
                && state.get("HeartbeatSeconds").asLong() >= state.get("TimeoutSeconds").asLong()) {
            found.accept("HeartbeatSeconds must be smaller than TimeoutSeconds", location + "/HeartbeatSeconds");
        }
        rules(state, "Retry", RETRIER, jsonata, location);
        rules(state, "Catch", CATCHER, jsonata, location);
        for (String name : state.path("Assign").propertyNames()) {
            String plain = name.endsWith(".$") ? name.substring(0, name.length() - 2) : name;
            if (plain.equals("states") || plain.length() > 80 || !VARIABLE.matcher(plain).matches()) {
                found.accept("Variable name is not valid", location + "/Assign/" + name);
            }
        }
    }

    private void together(JsonNode state, String one, String other, String location) {
        if (state.has(one) && state.has(other)) {
            found.accept("Only one of the fields [" + one + ", " + other + "] can be set", location);
        }
    }

    private void fields(JsonNode holder, Set<String> allowed, boolean jsonata, String location) {
        for (Map.Entry<String, JsonNode> field : holder.properties()) {
            String where = location + "/" + field.getKey();
            if (!allowed.contains(field.getKey())) {
                found.accept("Field is not supported", where);
            } else {
                value(field.getKey(), field.getValue(), jsonata, where);
            }
        }
    }

    private void value(String name, JsonNode value, boolean jsonata, String where) {
        boolean expression = jsonata && JsonataExpression.isExpression(value);
        if (TEXTS.contains(name) && !value.isString()) {
            found.accept("Expected value of type String", where);
        } else if (LISTS.contains(name) && !value.isArray()) {
            found.accept("Expected value of type Array", where);
        } else if (OBJECTS.contains(name) && !value.isObject()) {
            found.accept("Expected value of type Object", where);
        } else if (name.equals("ResultPath") && value.isString() && NO_REFERENCE.matcher(value.asString()).find()) {
            found.accept("Value is not a Reference Path", where);
        } else if (name.equals("End") && !value.isBoolean()) {
            found.accept("Expected value of type Boolean", where);
        } else if (INTEGERS.containsKey(name) && !expression) {
            integer(value, INTEGERS.getOrDefault(name, 0), where);
        } else if (name.equals("BackoffRate") && (!value.isNumber() || value.asDouble() < 1)) {
            found.accept("Number must be greater than or equal to 1", where);
        } else if (name.equals("JitterStrategy") && !Set.of("FULL", "NONE").contains(value.asString(""))) {
            found.accept("Value is not valid. Valid values: [FULL, NONE]", where);
        } else if (name.equals("QueryLanguage") && !Set.of("JSONPath", "JSONata").contains(value.asString(""))) {
            found.accept("Value is not valid. Valid values: [JSONPath, JSONata]", where);
        }
    }

    private void integer(JsonNode value, int least, String where) {
        if (!value.isIntegralNumber()) {
            found.accept("Expected value of type Integer", where);
        } else if (value.asLong() < least) {
            found.accept("Number must be greater than or equal to " + least, where);
        }
    }

    private void rules(JsonNode state, String field, Set<String> allowed, boolean jsonata, String location) {
        JsonNode rules = state.path(field);
        for (int i = 0; rules.isArray() && i < rules.size(); i++) {
            String where = location + "/" + field + "[" + i + "]";
            JsonNode rule = rules.get(i);
            if (!rule.isObject()) {
                found.accept("Expected value of type Object", where);
                continue;
            }
            fields(rule, allowed, jsonata, where);
            if (!rule.has("ErrorEquals")) {
                found.accept("These fields are required: [ErrorEquals]", where);
            }
            errors(rule.path("ErrorEquals"), i == rules.size() - 1, where + "/ErrorEquals");
        }
    }

    /** States.ALL stands alone and in the last rule. */
    private void errors(JsonNode names, boolean last, String where) {
        if (names.isArray() && names.isEmpty()) {
            found.accept("Value cannot be empty", where);
        }
        boolean all = false;
        for (JsonNode name : names) {
            if (!name.isString()) {
                found.accept("Expected value of type String", where);
            }
            all |= name.asString("").equals("States.ALL");
        }
        if (all && (names.size() > 1 || !last)) {
            found.accept("States.ALL must appear alone, and in the last element", where);
        }
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ChoiceRule;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import io.stepyard.stepfunctions.language.Retrier;
import io.stepyard.stepfunctions.language.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the JSON of a chain of states into {@link States}; refuses what it cannot run with {@link DefinitionException}. */
final class StatesParser {

    States parse(JsonNode chain, String location) {
        JsonNode startAt = chain.get("StartAt");
        JsonNode states = chain.get("States");
        if (startAt == null || !startAt.isString()) {
            throw schema("These required fields are missing: [StartAt]", location);
        }
        if (states == null || !states.isObject() || states.isEmpty()) {
            throw schema("These required fields are missing: [States]", location);
        }
        Map<String, State> byName = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : states.properties()) {
            byName.put(entry.getKey(),
                    parseState(entry.getKey(), entry.getValue(), location + "/States/" + entry.getKey()));
        }
        checkTargets(startAt.asString(), states, location);
        return new States(startAt.asString(), byName);
    }

    private static void checkTargets(String startAt, JsonNode states, String location) {
        if (!states.has(startAt)) {
            throw target("StartAt", startAt, location + "/StartAt");
        }
        for (Map.Entry<String, JsonNode> entry : states.properties()) {
            String where = location + "/States/" + entry.getKey();
            checkTarget(entry.getValue(), "Next", states, where);
            checkTarget(entry.getValue(), "Default", states, where);
            for (String list : List.of("Choices", "Catch")) {
                int place = 0;
                for (JsonNode option : entry.getValue().path(list)) {
                    checkTarget(option, "Next", states, where + "/" + list + "[" + place++ + "]");
                }
            }
        }
    }

    private static void checkTarget(JsonNode holder, String field, JsonNode states, String location) {
        JsonNode next = holder.get(field);
        if (next != null && !states.has(next.asString())) {
            throw target(field, next.asString(), location + "/" + field);
        }
    }

    private static DefinitionException target(String field, String name, String location) {
        return new DefinitionException(
                "MISSING_TRANSITION_TARGET: Missing '" + field + "' target: " + name + " at " + location);
    }

    private static DefinitionException schema(String problem, String location) {
        return new DefinitionException("SCHEMA_VALIDATION_FAILED: " + problem + " at " + location);
    }

    private static State parseState(String name, JsonNode state, String location) {
        if (!(state instanceof ObjectNode object)) {
            throw schema("A state is an object", location);
        }
        if (object.path("QueryLanguage").asString("JSONPath").equals("JSONata")) {
            throw schema("This engine does not run JSONata yet", location + "/QueryLanguage");
        }
        try {
            return parseByType(name, object, location);
        } catch (IllegalArgumentException refused) {
            throw schema(String.valueOf(refused.getMessage()), location);
        }
    }

    private static State parseByType(String name, ObjectNode state, String location) {
        String type = state.path("Type").asString("");
        return switch (type) {
            case "Pass" -> new PassState(header(name, state, "Parameters", location), state.get("Result"));
            case "Task" -> parseTask(name, state, location);
            case "Choice" -> parseChoice(name, state, location);
            case "Wait" -> new WaitState(header(name, state, "", location), parseWait(state, location));
            case "Succeed" -> new SucceedState(new StateHeader(name, null, JsonPathFlow.parse(state, "")));
            case "Fail" -> new FailState(new StateHeader(name, null, JsonPathFlow.parse(Json.object(), "")),
                    failText(state, "Error"), failText(state, "Cause"));
            default -> throw schema("Value '" + type + "' is no state type that this engine runs", location + "/Type");
        };
    }

    private static StateHeader header(String name, ObjectNode state, String parametersField, String location) {
        JsonNode next = state.get("Next");
        if (next == null && !state.path("End").asBoolean(false)) {
            throw schema("These required fields are missing: [Next, End]", location);
        }
        return new StateHeader(name, next == null ? null : next.asString(),
                JsonPathFlow.parse(state, parametersField));
    }

    private static State parseTask(String name, ObjectNode state, String location) {
        String arn = state.path("Resource").asString("");
        TaskResource resource = TaskResource.parse(arn);
        if (resource == null) {
            throw schema("The resource provided " + arn + " is not recognized", location + "/Resource");
        }
        return new TaskState(header(name, state, "Parameters", location), resource,
                SecondsField.parse(state, "TimeoutSeconds"), SecondsField.parse(state, "HeartbeatSeconds"),
                Retrier.parseAll(state.get("Retry")), Catcher.parseAll(state.get("Catch")));
    }

    private static State parseChoice(String name, ObjectNode state, String location) {
        List<ChoiceState.Option> options = new ArrayList<>();
        for (JsonNode rule : state.path("Choices")) {
            options.add(new ChoiceState.Option(ChoiceRule.parse(rule), rule.path("Next").asString("")));
        }
        if (options.isEmpty()) {
            throw schema("These required fields are missing: [Choices]", location);
        }
        JsonNode otherwise = state.get("Default");
        return new ChoiceState(new StateHeader(name, null, JsonPathFlow.parse(state, "")), options,
                otherwise == null ? null : otherwise.asString());
    }

    private static WaitUntil parseWait(ObjectNode state, String location) {
        if (state.has("Seconds")) {
            return new WaitUntil.Seconds(state.get("Seconds").asLong());
        }
        if (state.has("SecondsPath")) {
            return new WaitUntil.SecondsAt(JsonPathExpression.parse(state.get("SecondsPath").asString()));
        }
        if (state.has("TimestampPath")) {
            return new WaitUntil.AtPath(JsonPathExpression.parse(state.get("TimestampPath").asString()));
        }
        Instant instant = Timestamps.parse(state.path("Timestamp").asString(""));
        if (instant == null) {
            throw schema("String does not match RFC3339 timestamp", location + "/Timestamp");
        }
        return new WaitUntil.At(instant);
    }

    private static FailState.FailText failText(ObjectNode state, String field) {
        JsonNode plain = state.get(field);
        JsonNode path = state.get(field + "Path");
        return new FailState.FailText(field + "Path", plain != null
                ? new PayloadTemplate.Literal(plain)
                : path == null ? null : PayloadTemplate.expression(field + "Path", path.asString()));
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ChoiceRule;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.JsonataTemplate;
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
    private final boolean jsonataByDefault;

    /** The query language of states that name none. */
    StatesParser(boolean jsonataByDefault) {
        this.jsonataByDefault = jsonataByDefault;
    }

    States parse(JsonNode chain, String location) {
        Map<String, State> byName = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : chain.path("States").properties()) {
            byName.put(entry.getKey(),
                    parseState(entry.getKey(), entry.getValue(), location + "/States/" + entry.getKey()));
        }
        return new States(chain.path("StartAt").asString(), byName);
    }

    private State parseState(String name, JsonNode state, String location) {
        if (!(state instanceof ObjectNode object)) {
            throw schema("A state is an object", location);
        }
        try {
            return parseByType(name, object, location);
        } catch (IllegalArgumentException refused) {
            throw schema(String.valueOf(refused.getMessage()), location);
        }
    }

    private State parseByType(String name, ObjectNode state, String location) {
        boolean jsonata = isJsonata(state);
        String type = state.path("Type").asString("");
        return switch (type) {
            case "Pass" -> new PassState(header(name, state, "Parameters"), state.get("Result"));
            case "Task" -> parseTask(name, state, location);
            case "Choice" -> parseChoice(name, state);
            case "Wait" -> new WaitState(header(name, state, ""), parseWait(state, jsonata, location));
            case "Succeed" -> new SucceedState(header(name, state, ""));
            case "Fail" -> new FailState(
                    new StateHeader(name, null,
                            jsonata ? JsonataFlow.parse(Json.object()) : JsonPathFlow.parse(Json.object(), "")),
                    failText(state, "Error", jsonata), failText(state, "Cause", jsonata));
            case "Parallel" -> parseParallel(name, state, location);
            case "Map" -> parseMap(name, state, location);
            default -> throw schema("Value '" + type + "' is no state type", location + "/Type");
        };
    }

    private boolean isJsonata(JsonNode state) {
        JsonNode named = state.get("QueryLanguage");
        return named == null ? jsonataByDefault : named.asString().equals("JSONata");
    }

    private StateHeader header(String name, ObjectNode state, String parametersField) {
        JsonNode next = state.get("Next");
        return new StateHeader(name, next == null ? null : next.asString(), flow(state, parametersField));
    }

    private DataFlow flow(JsonNode state, String parametersField) {
        return isJsonata(state) ? JsonataFlow.parse(state) : JsonPathFlow.parse(state, parametersField);
    }

    private State parseTask(String name, ObjectNode state, String location) {
        String arn = state.path("Resource").asString("");
        TaskResource resource = TaskResource.parse(arn);
        if (resource == null) {
            throw schema("The resource provided " + arn + " is not recognized", location + "/Resource");
        }
        return new TaskState(header(name, state, "Parameters"), resource,
                Credentials.parse(state.get("Credentials"), isJsonata(state)),
                NumberField.parse(state, "TimeoutSeconds"),
                NumberField.parse(state, "HeartbeatSeconds"), Retrier.parseAll(state.get("Retry")),
                Catcher.parseAll(state.get("Catch")));
    }

    private State parseParallel(String name, ObjectNode state, String location) {
        List<States> chains = new ArrayList<>();
        for (JsonNode branch : state.path("Branches")) {
            chains.add(parse(branch, location + "/Branches[" + chains.size() + "]"));
        }
        return new ParallelState(header(name, state, "Parameters"), chains, Retrier.parseAll(state.get("Retry")),
                Catcher.parseAll(state.get("Catch")));
    }

    private State parseMap(String name, ObjectNode state, String location) {
        String field = state.has("ItemProcessor") ? "ItemProcessor" : "Iterator";
        States chain = parse(state.path(field), location + "/" + field);
        boolean jsonata = isJsonata(state);
        boolean distributed = state.path(field).path("ProcessorConfig").path("Mode").asString("INLINE")
                .equals("DISTRIBUTED");
        return new MapState(header(name, state, ""), chain, MapItems.parse(state, jsonata, distributed),
                NumberField.parse(state, "MaxConcurrency"),
                distributed ? MapRunSettings.parse(state, jsonata) : null, Retrier.parseAll(state.get("Retry")),
                Catcher.parseAll(state.get("Catch")));
    }

    private State parseChoice(String name, ObjectNode state) {
        List<ChoiceState.Option> options = new ArrayList<>();
        boolean jsonata = isJsonata(state);
        for (JsonNode rule : state.path("Choices")) {
            options.add(option(state, rule, jsonata));
        }
        JsonNode otherwise = state.get("Default");
        return new ChoiceState(header(name, state, ""), options, otherwise == null ? null : otherwise.asString());
    }

    private ChoiceState.Option option(ObjectNode state, JsonNode rule, boolean jsonata) {
        String next = rule.path("Next").asString("");
        // An option has its own Assign (and in JSONata its own Output); all else is the state's.
        ObjectNode merged = Json.copyOf(state);
        merged.remove("Assign");
        for (String own : List.of("Assign", "Output")) {
            if (rule.has(own)) {
                merged.set(own, rule.get(own));
            }
        }
        DataFlow flow = flow(merged, "");
        if (!jsonata) {
            return new ChoiceState.RuleOption(ChoiceRule.parse(rule), next, flow);
        }
        JsonNode condition = rule.path("Condition");
        return condition.isBoolean()
                ? new ChoiceState.FixedOption(condition.asBoolean(), next, flow)
                : new ChoiceState.ConditionOption(expression(condition, "Condition"), next, flow);
    }

    private static JsonataExpression expression(JsonNode value, String field) {
        if (!JsonataExpression.isExpression(value)) {
            throw new IllegalArgumentException("The field '" + field + "' must be a JSONata expression");
        }
        return JsonataExpression.parse(value.asString());
    }

    private static WaitUntil parseWait(ObjectNode state, boolean jsonata, String location) {
        if (jsonata && JsonataExpression.isExpression(state.path("Seconds"))) {
            return new WaitUntil.SecondsOf(expression(state.get("Seconds"), "Seconds"));
        }
        if (jsonata && JsonataExpression.isExpression(state.path("Timestamp"))) {
            return new WaitUntil.AtOf(expression(state.get("Timestamp"), "Timestamp"));
        }
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

    private static FailState.FailText failText(ObjectNode state, String field, boolean jsonata) {
        JsonNode plain = state.get(field);
        JsonNode path = state.get(field + "Path");
        if (plain != null) {
            return jsonata && JsonataExpression.isExpression(plain)
                    ? new FailState.FailText(field, null, null, JsonataExpression.parse(plain.asString()))
                    : new FailState.FailText(field, null,
                            JsonataTemplate.parse(jsonata ? plain : literal(plain), field),
                            null);
        }
        return new FailState.FailText(field,
                path == null ? null : PayloadTemplate.expression(field + "Path", path.asString()), null, null);
    }

    /** In a JSONPath state braces mean nothing. */
    private static JsonNode literal(JsonNode plain) {
        if (JsonataExpression.isExpression(plain)) {
            throw new IllegalArgumentException("JSONata expressions need the query language JSONata");
        }
        return plain;
    }

    private static DefinitionException schema(String problem, String location) {
        return new DefinitionException("SCHEMA_VALIDATION_FAILED: " + problem + " at " + location);
    }
}

package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.interpreter.DefinitionException;
import io.stepyard.stepfunctions.interpreter.StateMachineDefinition;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.Timestamps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks a definition as AWS does when a state machine is created. */
public final class DefinitionValidator {
    private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";
    private static final String TARGET = "MISSING_TRANSITION_TARGET";
    private static final Set<String> MACHINE = Set.of("StartAt", "States", "Comment", "Version", "TimeoutSeconds",
            "QueryLanguage", "ProcessorConfig");
    private static final Set<String> TYPES = Set.of("Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel",
            "Map");
    private static final Set<String> TERMINAL = Set.of("Succeed", "Fail", "Choice");
    private final List<Diagnostic> found = new ArrayList<>();
    private final List<Diagnostic> late = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final FieldRules fields = new FieldRules(
            (message, location) -> found.add(new Diagnostic(SCHEMA, message, location)));
    private final ChoiceRules choices = new ChoiceRules(
            (message, location) -> found.add(new Diagnostic(SCHEMA, message, location)));
    private final boolean express;
    private boolean jsonataMachine;

    private DefinitionValidator(boolean express) {
        this.express = express;
    }

    /** All findings, in the order of the text; empty where the definition can be used. */
    public static List<Diagnostic> check(String definition, boolean express) {
        DefinitionValidator validator = new DefinitionValidator(express);
        JsonNode root;
        try {
            root = Json.parse(definition);
        } catch (JacksonException | Json.InvalidJson refused) {
            return List.of(notJson(definition, refused));
        }
        if (!root.isObject()) {
            return List.of(new Diagnostic(SCHEMA, "The definition must be a JSON object", "/"));
        }
        validator.jsonataMachine = root.path("QueryLanguage").asString("JSONPath").equals("JSONata");
        try {
            validator.machine(root);
            validator.chain(root, "");
            if (validator.found.isEmpty()) {
                validator.parse(definition);
            }
        } catch (JacksonException mistyped) {
            validator.found.add(new Diagnostic(SCHEMA,
                    "A value is of another type than expected: " + mistyped.getOriginalMessage(), "/"));
        }
        if (validator.found.isEmpty()) {
            validator.found.addAll(validator.late);
        }
        return List.copyOf(validator.found);
    }

    /** The same for a machine cut down to one state, whose targets are not there. */
    public static List<Diagnostic> checkState(String definition) {
        return check(definition, false).stream().filter(found -> !found.code().equals(TARGET)).toList();
    }

    private static Diagnostic notJson(String definition, RuntimeException refused) {
        String source = "[Source: (String)\"" + definition + "\"; ";
        String where = source + "line: 1, column: 1]";
        String message = String.valueOf(refused.getMessage());
        if (refused instanceof JacksonException syntax) {
            message = syntax.getOriginalMessage();
            if (syntax.getLocation() != null) {
                where = source + "line: " + syntax.getLocation().getLineNr() + ", column: "
                        + (syntax.getLocation().getColumnNr() + tokenLength(message)) + "]";
            }
        }
        return new Diagnostic("INVALID_JSON_DESCRIPTION", message + "\n at " + where, where);
    }

    /** AWS points behind the token that it did not know. */
    private static int tokenLength(String message) {
        String start = "Unrecognized token '";
        return message.startsWith(start) ? message.indexOf('\'', start.length()) - start.length() : 0;
    }

    /** What only the parser sees: paths, expressions, rules. */
    private void parse(String definition) {
        try {
            StateMachineDefinition.parse(definition);
        } catch (JacksonException | ClassCastException refused) {
            found.add(new Diagnostic(SCHEMA, "A field holds a value of the wrong type", "/"));
        } catch (DefinitionException refused) {
            String text = String.valueOf(refused.getMessage());
            int colon = text.indexOf(": ");
            int at = text.lastIndexOf(" at /");
            found.add(new Diagnostic(text.substring(0, colon), text.substring(colon + 2, at < 0 ? text.length() : at),
                    at < 0 ? "/" : text.substring(at + 4)));
        }
    }

    /** The fields of the machine itself. */
    private void machine(JsonNode root) {
        for (String field : root.propertyNames()) {
            if (!MACHINE.contains(field)) {
                found.add(new Diagnostic(SCHEMA, "Field is not supported", "/" + field));
            }
        }
        JsonNode timeout = root.get("TimeoutSeconds");
        if (timeout != null && (!timeout.isIntegralNumber() || timeout.asLong() < 1)) {
            found.add(new Diagnostic(SCHEMA, "Expected value of type Integer greater than 0", "/TimeoutSeconds"));
        }
        JsonNode language = root.get("QueryLanguage");
        if (language != null && !Set.of("JSONPath", "JSONata").contains(language.asString(""))) {
            found.add(new Diagnostic(SCHEMA, "Value is not valid. Valid values: [JSONPath, JSONata]",
                    "/QueryLanguage"));
        }
    }

    private void chain(JsonNode chain, String location) {
        List<Diagnostic> mistyped = FieldTypes.ofChain(chain, location);
        found.addAll(mistyped);
        if (!mistyped.isEmpty()) {
            return;
        }
        List<String> missing = new ArrayList<>();
        if (!chain.path("States").isObject()) {
            missing.add("States");
        }
        if (!chain.path("StartAt").isString()) {
            missing.add("StartAt");
        }
        if (!missing.isEmpty()) {
            found.add(new Diagnostic(SCHEMA, "These fields are required: " + missing,
                    location.isEmpty() ? "/" : location));
            return;
        }
        JsonNode states = chain.get("States");
        if (states.isEmpty()) {
            found.add(new Diagnostic(SCHEMA, "Value cannot be empty", location + "/States"));
        }
        target(chain, "StartAt", states, location);
        for (Map.Entry<String, JsonNode> entry : states.properties()) {
            state(entry.getKey(), entry.getValue(), states, location + "/States/" + entry.getKey());
        }
        unreachable(chain.get("StartAt").asString(), states, location);
    }

    private void target(JsonNode holder, String field, JsonNode states, String location) {
        JsonNode next = holder.get(field);
        if (next != null && !states.has(next.asString(""))) {
            found.add(new Diagnostic(TARGET, "Missing '" + field + "' target: " + next.asString(""),
                    location + "/" + field));
        }
    }

    private void unreachable(String startAt, JsonNode states, String location) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(startAt));
        while (!open.isEmpty()) {
            String name = open.removeLast();
            if (reached.add(name)) {
                JsonNode state = states.path(name);
                open.add(state.path("Next").asString(""));
                open.add(state.path("Default").asString(""));
                state.path("Choices").forEach(option -> open.add(option.path("Next").asString("")));
                state.path("Catch").forEach(option -> open.add(option.path("Next").asString("")));
            }
        }
        for (String name : states.propertyNames()) {
            if (!reached.contains(name)) {
                found.add(new Diagnostic(TARGET, "State \"" + name + "\" is not reachable.",
                        location + "/States/" + name));
            }
        }
    }

    private void state(String name, JsonNode state, JsonNode states, String location) {
        if (!state.isObject()) {
            found.add(new Diagnostic(SCHEMA, "Expected value of type Object", location));
            return;
        }
        if (!names.add(name)) {
            found.add(new Diagnostic("DUPLICATE_STATE_NAME", "Duplicate State name: " + name, location));
        }
        if (name.length() > 80) {
            found.add(new Diagnostic(SCHEMA, "State name cannot be longer than 80 characters", location));
        }
        String type = state.path("Type").asString("");
        if (!TYPES.contains(type)) {
            found.add(new Diagnostic(SCHEMA, state.has("Type")
                    ? "Value is not valid. Valid values: [Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait]"
                    : "These fields are required: [Type]", state.has("Type") ? location + "/Type" : location));
            return;
        }
        String language = state.path("QueryLanguage").asString("");
        if (jsonataMachine && language.equals("JSONPath")) {
            found.add(new Diagnostic(SCHEMA,
                    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", location));
        }
        boolean jsonata = language.isEmpty() ? jsonataMachine : language.equals("JSONata");
        int before = found.size();
        fields.state(state, type, jsonata, location);
        if (type.equals("Choice")) {
            choices.check(state, jsonata, location);
        }
        List<Diagnostic> mistyped = found.size() == before
                ? FieldTypes.ofState(state, jsonata, location)
                : List.of();
        found.addAll(mistyped);
        if (!mistyped.isEmpty()) {
            return;
        }
        transitions(state, type, states, location);
        contents(state, type, location);
        if (found.isEmpty()) {
            late.addAll(Expressions.of(state, jsonata, location));
        }
    }

    private void transitions(JsonNode state, String type, JsonNode states, String location) {
        boolean ends = state.path("End").asBoolean(false);
        if (!TERMINAL.contains(type) && ends == state.has("Next")) {
            found.add(new Diagnostic(SCHEMA,
                    ends ? "Only one of the fields [Next, End] can be set" : "These fields are required: [Next, End]",
                    location));
        }
        target(state, "Next", states, location);
        target(state, "Default", states, location);
        for (String list : List.of("Choices", "Catch")) {
            int place = 0;
            for (JsonNode option : state.path(list)) {
                String where = location + "/" + list + "[" + place++ + "]";
                if (!option.has("Next")) {
                    found.add(new Diagnostic(SCHEMA, "These fields are required: [Next]", where));
                }
                target(option, "Next", states, where);
            }
        }
    }

    private void contents(JsonNode state, String type, String location) {
        switch (type) {
            case "Task" -> resource(state, location);
            case "Choice" -> notEmpty(state, "Choices", location);
            case "Wait" -> waiting(state, location);
            case "Parallel" -> {
                notEmpty(state, "Branches", location);
                int place = 0;
                for (JsonNode branch : state.path("Branches")) {
                    chain(branch, location + "/Branches[" + place++ + "]");
                }
            }
            case "Map" -> {
                String field = state.has("Iterator") ? "Iterator" : "ItemProcessor";
                if (state.has(field)) {
                    processor(state, state.get(field).path("ProcessorConfig").path("Mode").asString("INLINE"),
                            location);
                    chain(state.get(field), location + "/" + field);
                } else {
                    found.add(new Diagnostic(SCHEMA, "These fields are required: [ItemProcessor]", location));
                }
            }
            default -> {
                // Pass, Succeed and Fail hold nothing that needs a look here.
            }
        }
    }

    private void processor(JsonNode state, String mode, String location) {
        if (!mode.equals("INLINE") && !mode.equals("DISTRIBUTED")) {
            found.add(new Diagnostic(SCHEMA, "Value is not valid. Valid values: [INLINE, DISTRIBUTED]",
                    location + "/ItemProcessor/ProcessorConfig/Mode"));
        }
        for (String field : List.of("ItemReader", "ItemBatcher", "ResultWriter", "Label")) {
            if (mode.equals("INLINE") && state.has(field)) {
                found.add(new Diagnostic(SCHEMA, "Field is only supported in DISTRIBUTED mode",
                        location + "/" + field));
            }
        }
    }

    private void notEmpty(JsonNode state, String field, String location) {
        if (!state.has(field)) {
            found.add(new Diagnostic(SCHEMA, "These fields are required: [" + field + "]", location));
        } else if (state.get(field).isEmpty()) {
            found.add(new Diagnostic(SCHEMA, "Value cannot be empty", location + "/" + field));
        }
    }

    private void waiting(JsonNode state, String location) {
        long forms = List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream().filter(state::has)
                .count();
        if (forms != 1) {
            found.add(new Diagnostic(SCHEMA,
                    "One and only one of the fields [Seconds, SecondsPath, Timestamp, TimestampPath] is required",
                    location));
            return;
        }
        JsonNode timestamp = state.get("Timestamp");
        if (timestamp != null && !JsonataExpression.isExpression(timestamp)
                && Timestamps.parse(timestamp.asString("")) == null) {
            found.add(new Diagnostic(SCHEMA, "String does not match RFC3339 timestamp", location + "/Timestamp"));
        }
    }

    private void resource(JsonNode state, String location) {
        if (!state.path("Resource").isString()) {
            found.add(new Diagnostic(SCHEMA, "These fields are required: [Resource]", location));
            return;
        }
        String arn = state.get("Resource").asString();
        TaskResource resource = TaskResource.parse(arn);
        String where = location + "/Resource";
        boolean known = resource != null
                && !(resource instanceof TaskResource.Integration integration && !Integrations.has(integration));
        if (!known) {
            found.add(new Diagnostic(SCHEMA, "The resource provided " + arn
                    + " is not recognized. The value is not a valid resource ARN, or the resource is not available in"
                    + " this region.", where));
        } else if (express && resource instanceof TaskResource.Activity) {
            found.add(new Diagnostic(SCHEMA, "Express state machine does not support Activity ARN", where));
        } else if (express && resource instanceof TaskResource.Integration integration) {
            expressPattern(integration, where);
        }
    }

    private void expressPattern(TaskResource.Integration integration, String where) {
        switch (integration.pattern()) {
            case REQUEST_RESPONSE -> {
                // The only pattern an Express machine has.
            }
            // The two spaces are AWS's.
            case WAIT_FOR_TASK_TOKEN -> found.add(new Diagnostic(SCHEMA,
                    "Express state machine does not support '.waitForTaskToken' service integration ", where));
            case SYNC, SYNC_2 -> found.add(new Diagnostic(SCHEMA,
                    "Express state machine does not support '.sync' service integration", where));
        }
    }
}

package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.language.Json;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function of which the data has the Python source and no outcome. What these short functions do is raise an error or
 * return their event, a literal, or a formatted string; anything else counts as returning the event.
 */
record RecordedFunction(String source) {
    private static final Pattern RAISE = Pattern.compile("raise (\\w+)\\(\"([^\"]*)\"");
    private static final Pattern RETURN = Pattern.compile("^\\s+return +(.+?)\\s*$", Pattern.MULTILINE);
    private static final Pattern TEXT = Pattern.compile("([fb]?)(['\"])(.*)\\2");

    TaskOutcome invoke(JsonNode event) {
        Matcher raise = RAISE.matcher(source);
        if (raise.find()) {
            return raised(raise);
        }
        Matcher returned = RETURN.matcher(source);
        return new TaskOutcome.Succeeded(returned.find() ? value(returned.group(1), event) : event);
    }

    private static JsonNode value(String expression, JsonNode event) {
        Matcher text = TEXT.matcher(expression);
        if (text.matches()) {
            String inner = text.group(3);
            return switch (text.group(1)) {
                case "f" -> Json.nodes().stringNode(inner.replace("{event}", shown(event)));
                // The runtime hands bytes on as they are, so they are the JSON of the answer.
                case "b" -> parsed(inner);
                default -> Json.nodes().stringNode(inner);
            };
        }
        JsonNode literal = Json.parseOrNull(expression.replace('\'', '"'));
        return literal == null ? event : literal;
    }

    private static JsonNode parsed(String bytes) {
        JsonNode node = Json.parseOrNull(bytes);
        return node == null ? Json.nodes().stringNode(bytes) : node;
    }

    /** A value as Python shows it. */
    private static String shown(JsonNode value) {
        if (value.isObject()) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                fields.add("'" + field.getKey() + "': " + shown(field.getValue()));
            }
            return fields.toString();
        }
        if (value.isArray()) {
            StringJoiner elements = new StringJoiner(", ", "[", "]");
            value.forEach(element -> elements.add(shown(element)));
            return elements.toString();
        }
        return value.isString()
                ? "'" + value.asString() + "'"
                : value.isNull() ? "None" : value.isBoolean() ? value.asBoolean() ? "True" : "False" : Json.text(value);
    }

    /** As the Python runtime of Lambda reports it. */
    private TaskOutcome raised(Matcher raise) {
        long line = source.substring(0, raise.start()).lines().count();
        ObjectNode cause = Json.object().put("errorMessage", raise.group(2)).put("errorType", raise.group(1))
                .put("requestId", "00000000-0000-0000-0000-000000000000");
        String statement = source.lines().skip(line - 1).findFirst().orElse("").strip();
        cause.putArray("stackTrace")
                .add("  File \"/var/task/handler.py\", line " + line + ", in handler\n    " + statement + "\n");
        return new TaskOutcome.Failed(raise.group(1), Json.text(cause));
    }
}

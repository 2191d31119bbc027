package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks requests against the API's own model, before anything else looks at them, and words the findings as AWS does. */
final class RequestRules {
    private static final String FILE = "requests.json";
    /** What the operations refuse with an error of their own: InvalidName, InvalidArn, InvalidToken and so on. */
    private static final Set<String> CHECKED_LATER = Set.of("Name", "Arn", "LongArn", "Definition", "TaskToken",
            "SensitiveData", "TestStateStateName");

    private final JsonNode operations;
    private final JsonNode shapes;

    private RequestRules(JsonNode model) {
        this.operations = model.path("operations");
        this.shapes = model.path("shapes");
    }

    static RequestRules load() {
        try (InputStream in = RequestRules.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + FILE);
            }
            return new RequestRules(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + FILE, unreadable);
        }
    }

    /** Refuses with SerializationException what has a wrong type, with ValidationException what breaks a constraint. */
    void check(String operation, JsonNode request) {
        List<String> problems = new ArrayList<>();
        structure(request, shapes.path(operations.path(operation).asString("")), "", problems);
        if (!problems.isEmpty()) {
            throw new StepFunctionsException(ErrorCode.ValidationException, problems.size() + " validation error"
                    + (problems.size() == 1 ? "" : "s") + " detected: " + String.join("; ", problems));
        }
    }

    private void structure(JsonNode value, JsonNode shape, String path, List<String> problems) {
        for (JsonNode required : shape.path("required")) {
            JsonNode given = value.get(required.asString());
            if (given == null || given.isNull()) {
                problems.add("Value null at '" + path + required.asString()
                        + "' failed to satisfy constraint: Member must not be null");
            }
        }
        for (Map.Entry<String, JsonNode> member : shape.path("members").properties()) {
            JsonNode given = value.get(member.getKey());
            if (given != null && !given.isNull()) {
                member(given, member.getValue().asString(), path + member.getKey(), problems);
            }
        }
    }

    private void member(JsonNode value, String shapeName, String path, List<String> problems) {
        JsonNode shape = shapes.path(shapeName);
        String type = shape.path("type").asString("");
        checkType(value, type, path);
        switch (type) {
            case "structure" -> structure(value, shape, path + ".", problems);
            case "list" -> {
                constraints(value, value.size(), shape, path, problems);
                for (int i = 0; i < value.size(); i++) {
                    member(value.get(i), shape.path("member").asString(), path + "." + (i + 1) + ".member", problems);
                }
            }
            case "string" -> {
                if (!CHECKED_LATER.contains(shapeName)) {
                    constraints(value, value.asString().length(), shape, path, problems);
                }
            }
            default -> constraints(value, value.asDouble(0), shape, path, problems);
        }
    }

    private static void checkType(JsonNode value, String type, String path) {
        boolean fits = switch (type) {
            case "structure" -> value.isObject();
            case "list" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer", "long" -> value.isIntegralNumber();
            default -> value.isNumber();
        };
        if (!fits) {
            throw new StepFunctionsException(ErrorCode.SerializationException, "The field '" + path + "' is a "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + " where a " + type
                    + " is expected");
        }
    }

    private static void constraints(JsonNode value, double size, JsonNode shape, String path, List<String> problems) {
        boolean number = value.isNumber();
        String measure = number ? "value" : "length";
        if (shape.has("max") && size > shape.get("max").asDouble()) {
            problems.add(at(value, shape, path) + "Member must have " + measure + " less than or equal to "
                    + shape.get("max").asString());
        }
        if (shape.has("min") && size < shape.get("min").asDouble()) {
            problems.add(at(value, shape, path) + "Member must have " + measure + " greater than or equal to "
                    + shape.get("min").asString());
        }
        if (shape.has("pattern") && !Pattern.matches(shape.get("pattern").asString(), value.asString(""))) {
            problems.add(at(value, shape, path) + "Member must satisfy regular expression pattern: "
                    + shape.get("pattern").asString());
        }
        if (shape.has("enum")) {
            List<String> allowed = shape.get("enum").valueStream().map(JsonNode::asString).toList();
            if (!allowed.contains(value.asString(""))) {
                problems.add(at(value, shape, path) + "Member must satisfy enum value set: " + allowed);
            }
        }
    }

    private static String at(JsonNode value, JsonNode shape, String path) {
        boolean hidden = shape.path("sensitive").asBoolean(false);
        String shown = value.isContainer() ? Json.text(value) : value.asString("");
        return "Value " + (hidden ? "" : "'" + shown + "' ") + "at '" + path + "' failed to satisfy constraint: ";
    }
}

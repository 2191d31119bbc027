package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the mocked result of a service call against the response that the service's API documents. Services whose model is
 * not at hand, and results that are not a service's response, are not checked.
 */
public final class MockSchema {
    private static final String PREFIX = "Mock result schema validation error: ";
    /** What optimised integrations are called where their name is not the API's. */
    private static final Map<String, String> NAMES = Map.of("states", "sfn", "events", "eventbridge");

    private final JsonNode shapes;
    private final boolean strict;

    private MockSchema(JsonNode shapes, boolean strict) {
        this.shapes = shapes;
        this.strict = strict;
    }

    /**
     * What is wrong, in AWS's words, or null.
     *
     * @param strict
     *            whether required fields must be there
     */
    public static @Nullable String problem(TaskResource resource, JsonNode result, boolean strict) {
        if (!(resource instanceof TaskResource.Integration integration) || integration.waitsForToken()) {
            return null;
        }
        String action = action(integration);
        JsonNode model = action == null ? null : model(service(integration.service()));
        JsonNode operation = model == null ? null : model.path("operations").get(action);
        return model == null || operation == null
                ? null
                : new MockSchema(model.path("shapes"), strict).value(result, operation.asString(), "");
    }

    private static String service(String service) {
        String name = service.startsWith("aws-sdk:") ? service.substring("aws-sdk:".length()) : service;
        return NAMES.getOrDefault(name, name);
    }

    /** A job that is awaited has the description of its end for a result. */
    private static @Nullable String action(TaskResource.Integration integration) {
        return switch (integration.pattern()) {
            case REQUEST_RESPONSE -> integration.action();
            case SYNC -> integration.service().equals("states") ? "describeExecution" : null;
            // Its output is parsed there, which no API's response has.
            case SYNC_2, WAIT_FOR_TASK_TOKEN -> null;
        };
    }

    private static @Nullable JsonNode model(String service) {
        if (!service.matches("[a-z0-9]+")) {
            return null;
        }
        try (InputStream in = MockSchema.class.getResourceAsStream("responses/" + service + ".json")) {
            return in == null ? null : Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the response schemas of " + service, unreadable);
        }
    }

    private @Nullable String value(JsonNode value, String shapeName, String field) {
        JsonNode shape = shapes.path(shapeName);
        return switch (shape.path("type").asString("")) {
            case "structure" -> shape.path("document").asBoolean(false) ? null : structure(value, shape, field);
            case "list" -> value.isArray() ? elements(value, shape.path("member"), field) : type(field, "an array");
            case "map" -> value.isObject() ? elements(value, shape.path("value"), field) : type(field, "an object");
            case "string" -> value.isString() ? text(value.asString(), shape, field) : type(field, "a string");
            case "blob", "timestamp" -> value.isString()
                    ? length(value.asString(), shape, field)
                    : type(field,
                            "a string");
            case "integer", "long" -> value.isIntegralNumber() ? range(value, shape, field) : type(field, "a number");
            case "float", "double" -> value.isNumber() ? range(value, shape, field) : type(field, "a number");
            case "boolean" -> value.isBoolean() ? null : type(field, "a boolean");
            default -> null;
        };
    }

    private @Nullable String structure(JsonNode value, JsonNode shape, String field) {
        if (!value.isObject()) {
            return field.isEmpty() ? PREFIX + "Result must be an object" : type(field, "an object");
        }
        if (strict) {
            for (JsonNode required : shape.path("required")) {
                if (!value.has(required.asString())) {
                    return PREFIX + "Required field '" + required.asString() + "' is missing";
                }
            }
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            // A field that the model does not know may be newer than the model.
            JsonNode member = shape.path("members").get(entry.getKey());
            String problem = member == null ? null : value(entry.getValue(), member.asString(), entry.getKey());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String elements(JsonNode values, JsonNode shape, String field) {
        for (JsonNode element : values) {
            String problem = value(element, shape.asString(""), field);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String text(String value, JsonNode shape, String field) {
        JsonNode allowed = shape.get("enum");
        boolean expected = allowed == null || allowed.valueStream().anyMatch(one -> one.asString().equals(value));
        return expected ? length(value, shape, field) : PREFIX + "Field '" + field + "' is not an expected value";
    }

    private static @Nullable String length(String value, JsonNode shape, String field) {
        if (shape.has("min") && value.length() < shape.get("min").asLong()) {
            return PREFIX + "Field '" + field + "' is smaller than the minimum length";
        }
        return shape.has("max") && value.length() > shape.get("max").asLong()
                ? PREFIX + "Field '" + field + "' exceeds the maximum length"
                : null;
    }

    private static @Nullable String range(JsonNode value, JsonNode shape, String field) {
        if (shape.has("min") && value.asDouble() < shape.get("min").asDouble()) {
            return PREFIX + "Field '" + field + "' is less than the minimum value";
        }
        return shape.has("max") && value.asDouble() > shape.get("max").asDouble()
                ? PREFIX + "Field '" + field + "' exceeds the maximum value"
                : null;
    }

    private static String type(String field, String expected) {
        return PREFIX + "Field '" + field + "' must be " + expected;
    }
}

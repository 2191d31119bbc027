package io.stepyard.stepfunctions.conformance;

import io.stepyard.stepfunctions.language.Json;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A recorded scenario. */
record Scenario(JsonNode data) {

    String id() {
        return data.path("id").asString();
    }

    String kind() {
        return data.path("kind").asString();
    }

    String type() {
        return data.path("type").asString("STANDARD");
    }

    boolean concurrent() {
        return data.path("concurrent").asBoolean(false);
    }

    Set<String> categories() {
        Set<String> categories = new LinkedHashSet<>();
        data.path("categories").forEach(category -> categories.add(category.asString()));
        return categories;
    }

    Set<String> placeholders() {
        Set<String> placeholders = new HashSet<>();
        data.path("placeholders").forEach(placeholder -> placeholders.add(placeholder.asString()));
        return placeholders;
    }

    /** The definition as text. */
    String definition() {
        JsonNode definition = data.path("definition");
        return definition.isString() ? definition.asString() : Json.text(definition);
    }

    /** The input as text. */
    String input() {
        JsonNode input = data.path("input");
        return input.isMissingNode() ? "{}" : Json.text(input);
    }

    String text(String field, String absent) {
        return data.path(field).asString(absent);
    }

    JsonNode expected() {
        return data.path("expected");
    }

    /** How each attempt of a task ended on AWS: what the services did, not what the engine should do. */
    @Nullable
    JsonNode script() {
        return expected().get("task_script");
    }

    @Override
    public String toString() {
        return id();
    }
}

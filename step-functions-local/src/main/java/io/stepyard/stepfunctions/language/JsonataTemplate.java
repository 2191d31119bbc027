package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Arguments, Output, Assign and their like: JSON in which any text between {@code {%} and {@code %}} is an expression. */
public sealed interface JsonataTemplate {

    /** The value this template makes. */
    JsonNode evaluate(JsonataScope scope);

    /**
     * Parses a template; throws {@link IllegalArgumentException} where an expression in it is none.
     *
     * @param location
     *            the field it stands in, for error texts
     */
    static JsonataTemplate parse(JsonNode template, String location) {
        return switch (template) {
            case ObjectNode object -> {
                List<Field> fields = new ArrayList<>();
                object.forEachEntry(
                        (name, value) -> fields.add(new Field(name, parse(value, location + "/" + name))));
                yield fields.stream().allMatch(field -> field.value() instanceof Literal)
                        ? new Literal(object)
                        : new Structure(fields);
            }
            case ArrayNode array -> {
                List<JsonataTemplate> elements = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    elements.add(parse(array.get(i), location + "[" + i + "]"));
                }
                yield elements.stream().allMatch(Literal.class::isInstance)
                        ? new Literal(array)
                        : new Sequence(elements);
            }
            default -> JsonataExpression.isExpression(template)
                    ? new Expression(JsonataExpression.parse(template.asString()), location)
                    : new Literal(template);
        };
    }

    /** A part without expressions. */
    record Literal(JsonNode value) implements JsonataTemplate {
        @Override
        public JsonNode evaluate(JsonataScope scope) {
            return value;
        }
    }

    /** A field of an object and what makes its value. */
    record Field(String name, JsonataTemplate value) {}

    /** An object with expressions somewhere in it. */
    record Structure(List<Field> fields) implements JsonataTemplate {
        public Structure {
            fields = List.copyOf(fields);
        }

        @Override
        public JsonNode evaluate(JsonataScope scope) {
            ObjectNode object = Json.object();
            for (Field field : fields) {
                object.set(field.name(), field.value().evaluate(scope));
            }
            return object;
        }
    }

    /** An array with expressions somewhere in it. */
    record Sequence(List<JsonataTemplate> elements) implements JsonataTemplate {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public JsonNode evaluate(JsonataScope scope) {
            ArrayNode array = Json.nodes().arrayNode();
            elements.forEach(element -> array.add(element.evaluate(scope)));
            return array;
        }
    }

    /** The value of an expression. */
    record Expression(JsonataExpression expression, String location) implements JsonataTemplate {
        @Override
        public JsonNode evaluate(JsonataScope scope) {
            return expression.evaluate(scope, location);
        }
    }
}

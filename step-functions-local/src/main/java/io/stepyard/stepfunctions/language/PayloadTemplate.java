package io.stepyard.stepfunctions.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parameters, ResultSelector and their like: JSON in which a field {@code "name.$"} holds a path or an intrinsic function. */
public sealed interface PayloadTemplate {

    /** The value this template makes. */
    JsonNode evaluate(EvaluationContext context);

    /** Parses a template; throws {@link IllegalArgumentException} where a path in it is none. */
    static PayloadTemplate parse(JsonNode template) {
        return switch (template) {
            case ObjectNode object -> parseObject(object);
            case ArrayNode array -> parseArray(array);
            default -> new Literal(template);
        };
    }

    /** Parses what stands in a {@code "name.$"} field: a path or an intrinsic function. */
    static PayloadTemplate expression(String field, String text) {
        return text.startsWith("$")
                ? new Path(field, JsonPathExpression.parse(text))
                : new Call(field, Intrinsic.parse(text));
    }

    private static PayloadTemplate parseObject(ObjectNode object) {
        List<Field> fields = new ArrayList<>();
        boolean constant = true;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = Field.parse(entry.getKey(), entry.getValue());
            constant &= field.value() instanceof Literal;
            fields.add(field);
        }
        return constant ? new Literal(object) : new Structure(fields);
    }

    private static PayloadTemplate parseArray(ArrayNode array) {
        List<PayloadTemplate> elements = new ArrayList<>();
        boolean constant = true;
        for (JsonNode element : array) {
            PayloadTemplate parsed = parse(element);
            constant &= parsed instanceof Literal;
            elements.add(parsed);
        }
        return constant ? new Literal(array) : new Sequence(elements);
    }

    /** A part without expressions. */
    record Literal(JsonNode value) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(EvaluationContext context) {
            return value;
        }
    }

    /** A field of an object and what makes its value. */
    record Field(String name, PayloadTemplate value) {
        static Field parse(String name, JsonNode value) {
            if (!name.endsWith(".$")) {
                return new Field(name, PayloadTemplate.parse(value));
            }
            if (!value.isString()) {
                throw new IllegalArgumentException("The value for the field '" + name + "' must be a STRING");
            }
            String text = value.asString();
            String plain = name.substring(0, name.length() - 2);
            return new Field(plain,
                    text.startsWith("$")
                            ? new Path(name, JsonPathExpression.parse(text))
                            : new Call(name, Intrinsic.parse(text)));
        }
    }

    /** An object with expressions somewhere in it. */
    record Structure(List<Field> fields) implements PayloadTemplate {
        public Structure {
            fields = List.copyOf(fields);
        }

        @Override
        public JsonNode evaluate(EvaluationContext context) {
            ObjectNode object = Json.object();
            for (Field field : fields) {
                object.set(field.name(), field.value().evaluate(context));
            }
            return object;
        }
    }

    /** An array with expressions somewhere in it. */
    record Sequence(List<PayloadTemplate> elements) implements PayloadTemplate {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public JsonNode evaluate(EvaluationContext context) {
            ArrayNode array = Json.nodes().arrayNode();
            elements.forEach(element -> array.add(element.evaluate(context)));
            return array;
        }
    }

    /** The value a path leads to. */
    record Path(String field, JsonPathExpression path) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(EvaluationContext context) {
            JsonNode found = path.find(context);
            if (found == null) {
                throw notFound(field, path, context);
            }
            return found;
        }
    }

    /** The result of an intrinsic function. */
    record Call(String field, Intrinsic function) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(EvaluationContext context) {
            return function.evaluate(context, field);
        }
    }

    /** States.Runtime in the words AWS uses for a path of a field that leads nowhere. */
    static EvaluationException notFound(@Nullable String field, JsonPathExpression path, EvaluationContext context) {
        return EvaluationException.runtime("The JSONPath '" + path.text() + "' specified for the field '" + field
                + "' could not be found in the input '" + Json.text(context.input()) + "'");
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a Map state runs over and what each iteration gets: ItemsPath or Items, and ItemSelector (formerly Parameters). */
sealed interface MapItems {
    /** The items of the state's own input. */
    List<JsonNode> of(Frame frame, JsonNode input);

    /** The input of an iteration over an item; {@code $$.Map.Item} is set while this runs. */
    JsonNode select(Frame frame, JsonNode input, JsonNode item);

    static MapItems parse(ObjectNode state, boolean jsonata, boolean readsItems) {
        JsonNode selector = state.has("ItemSelector") ? state.get("ItemSelector") : state.get("Parameters");
        if (jsonata) {
            JsonNode items = state.get("Items");
            return new OfJsonata(items, readsItems,
                    selector == null ? null : JsonataTemplate.parse(selector, "ItemSelector"));
        }
        JsonNode path = state.get("ItemsPath");
        return new OfJsonPath(JsonPathExpression.parse(path == null ? "$" : path.asString()), readsItems,
                selector == null ? null : PayloadTemplate.parse(selector));
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> items = new ArrayList<>(array.size());
        array.forEach(items::add);
        return items;
    }

    /** JSONPath: a path into the input. */
    record OfJsonPath(JsonPathExpression path, boolean readsItems, @Nullable PayloadTemplate selector)
            implements
                MapItems {
        @Override
        public List<JsonNode> of(Frame frame, JsonNode input) {
            if (readsItems) {
                return List.of();
            }
            JsonNode found = path.read(frame.context(input));
            if (!found.isArray()) {
                throw EvaluationException
                        .runtime("Reference path \"" + (path.readsContext() ? path.text().substring(1) : path.text())
                                + "\" must point to array.");
            }
            return elements(found);
        }

        @Override
        public JsonNode select(Frame frame, JsonNode input, JsonNode item) {
            return selector == null ? item : selector.evaluate(frame.context(input));
        }
    }

    /** JSONata: an array, or an expression for one; the state's input where there is neither. */
    record OfJsonata(@Nullable JsonNode items, boolean readsItems, @Nullable JsonataTemplate selector)
            implements
                MapItems {
        @Override
        public List<JsonNode> of(Frame frame, JsonNode input) {
            if (readsItems) {
                return List.of();
            }
            if (items == null) {
                if (!input.isArray()) {
                    throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR,
                            "Map state input must be an array but was: " + Json.text(input), null);
                }
                return elements(input);
            }
            return elements(JsonataExpression.isExpression(items)
                    ? JsonataExpression.parse(items.asString()).evaluate(frame.scope(null, null), "Items", "array")
                    : JsonataTemplate.parse(items, "Items").evaluate(frame.scope(null, null)));
        }

        @Override
        public JsonNode select(Frame frame, JsonNode input, JsonNode item) {
            return selector == null ? item : selector.evaluate(frame.scope(null, null));
        }
    }
}

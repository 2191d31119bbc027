package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonPathExpression;
import io.stepyard.stepfunctions.language.JsonataExpression;
import io.stepyard.stepfunctions.language.JsonataTemplate;
import io.stepyard.stepfunctions.language.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a Map state runs over and what each iteration gets: ItemsPath or Items, and ItemSelector (formerly Parameters). */
sealed interface MapItems {
    /** The items of the state's own input. */
    List<MapItem> of(Frame frame, JsonNode input);

    /** The input of an iteration over an item; {@code $$.Map.Item} is set while this runs. */
    JsonNode select(Frame frame, JsonNode input, MapItem item);

    /** Whether it has an ItemSelector. */
    boolean selects();

    static MapItems parse(ObjectNode state, boolean jsonata, boolean distributed) {
        boolean readsItems = state.has("ItemReader");
        JsonNode selector = state.has("ItemSelector") ? state.get("ItemSelector") : state.get("Parameters");
        if (jsonata) {
            JsonNode items = state.get("Items");
            return new OfJsonata(items, distributed, readsItems,
                    selector == null ? null : JsonataTemplate.parse(selector, "ItemSelector"));
        }
        JsonNode path = state.get("ItemsPath");
        return new OfJsonPath(JsonPathExpression.parse(path == null ? "$" : path.asString()), distributed, readsItems,
                selector == null ? null : PayloadTemplate.parse(selector));
    }

    /** JSONPath: a path into the input. */
    record OfJsonPath(JsonPathExpression path, boolean distributed, boolean readsItems,
            @Nullable PayloadTemplate selector)
            implements
                MapItems {
        @Override
        public List<MapItem> of(Frame frame, JsonNode input) {
            if (readsItems) {
                return List.of();
            }
            JsonNode found = path.read(frame.context(input));
            if (found.isObject() && distributed && frame.execution().host().serviceDate().mapsOverObjects()) {
                return MapItem.fields(found);
            }
            if (!found.isArray()) {
                throw EvaluationException
                        .runtime("Reference path \"" + (path.readsContext() ? path.text().substring(1) : path.text())
                                + "\" must point to array.");
            }
            return MapItem.elements(found);
        }

        @Override
        public boolean selects() {
            return selector != null;
        }

        @Override
        public JsonNode select(Frame frame, JsonNode input, MapItem item) {
            return selector == null ? item.input() : selector.evaluate(frame.context(input));
        }
    }

    /** JSONata: an array, or an expression for one; the state's input where there is neither. */
    record OfJsonata(@Nullable JsonNode items, boolean distributed, boolean readsItems,
            @Nullable JsonataTemplate selector)
            implements
                MapItems {
        @Override
        public List<MapItem> of(Frame frame, JsonNode input) {
            if (readsItems) {
                return List.of();
            }
            if (items == null) {
                return elements(frame, input, "Map state input must be an array but was: ");
            }
            if (!JsonataExpression.isExpression(items)) {
                return elements(frame, JsonataTemplate.parse(items, "Items").evaluate(frame.scope(null, null)), "");
            }
            JsonataExpression expression = JsonataExpression.parse(items.asString());
            JsonNode found = expression.evaluate(frame.scope(null, null), "Items");
            return runsOver(frame, found)
                    ? MapItem.fields(found)
                    : MapItem.elements(expression.typed(found, "Items", "array"));
        }

        private List<MapItem> elements(Frame frame, JsonNode found, String problem) {
            if (runsOver(frame, found)) {
                return MapItem.fields(found);
            }
            if (!found.isArray()) {
                throw new EvaluationException(ErrorNames.QUERY_EVALUATION_ERROR, problem + Json.text(found), null);
            }
            return MapItem.elements(found);
        }

        private boolean runsOver(Frame frame, JsonNode found) {
            return distributed && found.isObject() && frame.execution().host().serviceDate().mapsOverObjects();
        }

        @Override
        public boolean selects() {
            return selector != null;
        }

        @Override
        public JsonNode select(Frame frame, JsonNode input, MapItem item) {
            return selector == null ? item.input() : selector.evaluate(frame.scope(null, null));
        }
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the items of a distributed Map from an object: a JSON array, JSON lines or CSV, or the list of objects itself.
 *
 * @param resource
 *            {@code s3:getObject} or {@code s3:listObjectsV2}
 * @param arguments
 *            makes its parameters
 * @param config
 *            ReaderConfig
 * @param maxItems
 *            at most so many items
 */
record ItemReader(TaskResource resource, DataFlow arguments, JsonNode config, NumberField maxItems) {
    private static final long MOST_ITEMS = 100_000_000;

    static @Nullable ItemReader parse(ObjectNode state, boolean jsonata) {
        JsonNode reader = state.get("ItemReader");
        TaskResource resource = reader == null ? null : TaskResource.parse(reader.path("Resource").asString(""));
        if (reader == null || resource == null) {
            return null;
        }
        DataFlow arguments = jsonata ? JsonataFlow.parse(reader) : JsonPathFlow.parse(reader, "Parameters");
        JsonNode config = reader.path("ReaderConfig");
        return new ItemReader(resource, arguments, config,
                NumberField.parse(config instanceof ObjectNode ? config : null, "MaxItems"));
    }

    /** The items in what was read; throws States.ItemReaderFailed where it cannot be understood. */
    List<MapItem> items(Frame frame, JsonNode input, JsonNode read) {
        List<MapItem> all = parse(read, frame.execution().host().serviceDate());
        long limit = limit(frame, input);
        return limit < all.size() ? all.subList(0, (int) limit) : all;
    }

    /** How many items at most; 0 and absence mean all. */
    long limit(Frame frame, JsonNode input) {
        Long limit = maxItems.evaluate(frame, input);
        if (limit == null || limit == 0) {
            return MOST_ITEMS;
        }
        if (limit < 0) {
            throw failed("field MaxItems must be positive");
        }
        return Math.min(limit, MOST_ITEMS);
    }

    private List<MapItem> parse(JsonNode read, ServiceDate date) {
        if (read.has("Contents")) {
            return MapItem.elements(read.get("Contents"));
        }
        String body = read.path("Body").asString("");
        return switch (config.path("InputType").asString("JSON")) {
            case "CSV" -> csv(Csv.rows(body, delimiter()));
            case "JSONL" -> body.lines().filter(line -> !line.isBlank()).map(line -> new MapItem(null, json(line)))
                    .toList();
            default -> elements(pointedAt(json(body)), date);
        };
    }

    private static JsonNode json(String text) {
        JsonNode node = Json.parseOrNull(text);
        if (node == null) {
            throw failed("Attempting to map over content that is no JSON.");
        }
        return node;
    }

    /** ItemsPointer names the array within the document. */
    private JsonNode pointedAt(JsonNode document) {
        JsonNode pointer = config.get("ItemsPointer");
        if (pointer == null) {
            return document;
        }
        JsonNode found = document.at(pointer.asString(""));
        if (found.isMissingNode()) {
            throw failed("The ItemsPointer " + pointer.asString("") + " points at nothing.");
        }
        return found;
    }

    private static List<MapItem> elements(JsonNode node, ServiceDate date) {
        if (node.isArray()) {
            return MapItem.elements(node);
        }
        if (node.isObject() && date.mapsOverObjects()) {
            return MapItem.fields(node);
        }
        throw failed("Attempting to map over non-iterable node.");
    }

    private char delimiter() {
        return switch (config.path("CSVDelimiter").asString("COMMA")) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
    }

    private List<MapItem> csv(List<List<String>> rows) {
        boolean first = config.path("CSVHeaderLocation").asString("FIRST_ROW").equals("FIRST_ROW");
        List<String> headers = new ArrayList<>();
        if (first && !rows.isEmpty()) {
            headers.addAll(rows.getFirst());
        } else {
            config.path("CSVHeaders").forEach(header -> headers.add(header.asString()));
        }
        if (new HashSet<>(headers).size() < headers.size()) {
            throw failed("CSV headers cannot contain duplicates.");
        }
        List<MapItem> items = new ArrayList<>();
        for (List<String> row : first && !rows.isEmpty() ? rows.subList(1, rows.size()) : rows) {
            ObjectNode item = Json.object();
            for (int i = 0; i < headers.size(); i++) {
                item.put(headers.get(i), i < row.size() ? row.get(i) : "");
            }
            items.add(new MapItem(null, item));
        }
        return items;
    }

    static StateFailure failed(String cause) {
        return new StateFailure(ErrorNames.ITEM_READER_FAILED, cause);
    }
}

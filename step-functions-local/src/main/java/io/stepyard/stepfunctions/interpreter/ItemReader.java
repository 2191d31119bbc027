package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
    List<JsonNode> items(Frame frame, JsonNode input, JsonNode read) {
        List<JsonNode> all = parse(read);
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

    private List<JsonNode> parse(JsonNode read) {
        if (read.has("Contents")) {
            return elements(read.get("Contents"));
        }
        String body = read.path("Body").asString("");
        return switch (config.path("InputType").asString("JSON")) {
            case "CSV" -> csv(Csv.rows(body, delimiter()));
            case "JSONL" -> body.lines().filter(line -> !line.isBlank()).map(ItemReader::json).toList();
            default -> elements(json(body));
        };
    }

    private static JsonNode json(String text) {
        JsonNode node = Json.parseOrNull(text);
        if (node == null) {
            throw failed("Attempting to map over content that is no JSON.");
        }
        return node;
    }

    private static List<JsonNode> elements(JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(items::add);
        } else if (node instanceof ObjectNode object) {
            object.forEachEntry((key, value) -> items.add(Json.object().put("Key", key).set("Value", value)));
        } else {
            throw failed("Attempting to map over non-iterable node.");
        }
        return items;
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

    private List<JsonNode> csv(List<List<String>> rows) {
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
        List<JsonNode> items = new ArrayList<>();
        for (List<String> row : first && !rows.isEmpty() ? rows.subList(1, rows.size()) : rows) {
            ObjectNode item = Json.object();
            for (int i = 0; i < headers.size(); i++) {
                item.put(headers.get(i), i < row.size() ? row.get(i) : "");
            }
            items.add(item);
        }
        return items;
    }

    static StateFailure failed(String cause) {
        return new StateFailure(ErrorNames.ITEM_READER_FAILED, cause);
    }
}

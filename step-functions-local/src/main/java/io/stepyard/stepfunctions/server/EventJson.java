package io.stepyard.stepfunctions.server;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** History events as the API shows them. */
public final class EventJson {
    private static final Set<Detail> DATA = Set.of(Detail.INPUT, Detail.OUTPUT, Detail.PARAMETERS,
            Detail.ASSIGNED_VARIABLES);

    private EventJson() {}

    /** An event; without data its inputs and outputs are left out. */
    public static ObjectNode of(HistoryEvent event, boolean withData) {
        ObjectNode json = Json.object();
        Operations.put(json, "timestamp", event.timestamp());
        json.put("type", event.type().awsName()).put("id", event.id()).put("previousEventId", event.previousEventId());
        String name = event.type().detailsName();
        if (name != null) {
            json.set(name, details(event.details(), withData));
        }
        return json;
    }

    private static ObjectNode details(EventDetails details, boolean withData) {
        ObjectNode json = Json.object();
        for (int i = 0; i < details.size(); i++) {
            Detail field = details.field(i);
            if (field.isShown() && (withData || !DATA.contains(field))) {
                put(json, field, details);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Detail field, EventDetails details) {
        Object value = details.get(field);
        switch (value) {
            case Long number -> json.put(field.jsonName(), number);
            case Map<?, ?> map -> {
                ObjectNode texts = json.putObject(field.jsonName());
                map.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
            }
            case null, default -> json.put(field.jsonName(), String.valueOf(value));
        }
        if (field == Detail.INPUT || field == Detail.OUTPUT) {
            json.putObject(field.jsonName() + "Details").put("truncated", false);
        }
        if (field == Detail.ASSIGNED_VARIABLES) {
            json.putObject("assignedVariablesDetails").put("truncated", false);
        }
    }
}

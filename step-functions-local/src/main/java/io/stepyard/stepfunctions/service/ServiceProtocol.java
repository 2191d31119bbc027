package io.stepyard.stepfunctions.service;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.language.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How one call of SQS, SNS or EventBridge looks on the wire, and what Step Functions makes of the answer. */
enum ServiceProtocol {
    /** {@code sqs:sendMessage}, AWS JSON 1.0. */
    SEND_MESSAGE("sqs:sendMessage", "SQS", "AmazonSQS", "sqs", "AmazonSQS.SendMessage", "application/x-amz-json-1.0") {
        @Override
        String body(TaskCall call) {
            return Json.text(asText(parameters(call), "MessageBody"));
        }
    },
    /** {@code sns:publish}, the query protocol with answers in XML. */
    PUBLISH("sns:publish", "SNS", "AmazonSNS", "sns", null, "application/x-www-form-urlencoded") {
        @Override
        String body(TaskCall call) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("Action", "Publish");
            form.put("Version", "2010-03-31");
            asText(parameters(call), "Message").forEachEntry((name, value) -> {
                if (name.equals("MessageAttributes")) {
                    putAttributes(form, value);
                } else {
                    form.put(name, text(value));
                }
            });
            return form.entrySet().stream().map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                    .collect(Collectors.joining("&"));
        }

        @Override
        @Nullable
        ObjectNode answer(String body) {
            String id = element(body, "MessageId");
            ObjectNode answer = id == null ? null : Json.object().put("MessageId", id);
            String sequence = element(body, "SequenceNumber");
            return answer == null || sequence == null ? answer : answer.put("SequenceNumber", sequence);
        }

        @Override
        Refusal refusal(String body) {
            String code = element(body, "Code");
            String message = element(body, "Message");
            return new Refusal(code == null ? "AmazonSNS" : code, message == null ? "null" : message);
        }
    },
    /** {@code events:putEvents}, AWS JSON 1.1; each entry's Resources name the execution and its machine. */
    PUT_EVENTS("events:putEvents", "EventBridge", "AmazonEventBridge", "events", "AWSEvents.PutEvents",
            "application/x-amz-json-1.1") {
        @Override
        String body(TaskCall call) {
            ObjectNode parameters = parameters(call);
            ArrayNode entries = Json.nodes().arrayNode();
            parameters.path("Entries").forEach(entry -> entries.add(entry instanceof ObjectNode object
                    ? withResources(asText(Json.copyOf(object), "Detail"), call.executionArn())
                    : entry));
            return Json.text(parameters.set("Entries", entries));
        }
    };

    private final String call;
    private final String prefix;
    private final String serviceName;
    private final String signingName;
    private final @Nullable String target;
    private final String contentType;

    ServiceProtocol(String call, String prefix, String serviceName, String signingName, @Nullable String target,
            String contentType) {
        this.call = call;
        this.prefix = prefix;
        this.serviceName = serviceName;
        this.signingName = signingName;
        this.target = target;
        this.contentType = contentType;
    }

    /** An error answer: its code, with neither a namespace nor the word Exception where the service leaves it out. */
    record Refusal(String code, String message) {}

    static @Nullable ServiceProtocol of(String service, String action) {
        for (ServiceProtocol protocol : values()) {
            if (protocol.call.equals(service + ":" + action)) {
                return protocol;
            }
        }
        return null;
    }

    /** What error names begin with. */
    String prefix() {
        return prefix;
    }

    String serviceName() {
        return serviceName;
    }

    String signingName() {
        return signingName;
    }

    @Nullable
    String target() {
        return target;
    }

    String contentType() {
        return contentType;
    }

    /** The request. */
    abstract String body(TaskCall call);

    /** The answer as the state's result, or null where it cannot be understood. */
    @Nullable
    ObjectNode answer(String body) {
        return Json.parseOrNull(body) instanceof ObjectNode object ? object : null;
    }

    /** What an error answer says. */
    Refusal refusal(String body) {
        JsonNode answer = Json.parseOrNull(body);
        String type = answer == null ? "" : answer.path("__type").asString("");
        String code = type.substring(type.indexOf('#') + 1);
        String message = answer == null ? "" : answer.path("message").asString(answer.path("Message").asString("null"));
        return new Refusal(code.isEmpty() ? serviceName : code, message);
    }

    private static ObjectNode parameters(TaskCall call) {
        return call.parameters() instanceof ObjectNode object ? Json.copyOf(object) : Json.object();
    }

    /** Services take texts only; a JSON value goes as its text. */
    private static ObjectNode asText(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isString() ? object : object.put(field, Json.text(value));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : Json.text(value);
    }

    private static void putAttributes(Map<String, String> form, JsonNode attributes) {
        int[] number = new int[1];
        attributes.forEachEntry((name, attribute) -> {
            String entry = "MessageAttributes.entry." + ++number[0] + ".";
            form.put(entry + "Name", name);
            attribute.forEachEntry((field, value) -> form.put(entry + "Value." + field, text(value)));
        });
    }

    private static ObjectNode withResources(ObjectNode entry, String executionArn) {
        ArrayNode resources = Json.nodes().arrayNode();
        entry.path("Resources").forEach(resources::add);
        resources.add(executionArn);
        int name = executionArn.lastIndexOf(':');
        resources.add(executionArn.substring(0, name).replace(":execution:", ":stateMachine:"));
        return entry.set("Resources", resources);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The text of an XML element that holds no others. */
    private static @Nullable String element(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return found.find()
                ? found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&")
                : null;
    }
}

package io.stepyard.clusters.prometheus;

import io.stepyard.clusters.call.Nonsense;
import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterUnavailable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one number that a query gave. Pure. No series, several series, NaN, infinity and negative numbers are nonsense: an empty answer is
 * what Prometheus gives for a target that is down, and missing never means 0.
 */
final class PrometheusAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PrometheusAnswer() {}

    /** @param most more than this is absurd */
    static double number(String what, Reply reply, double most) {
        JsonNode body = object(reply);
        if (!"success".equals(body.path("status").asString(""))) {
            throw Nonsense.answer("an answer to the query of " + what, reply);
        }
        String text = value(what, body.path("data"));
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            throw Nonsense.text("a number for " + what, text);
        }
        // Written so that NaN fails, too.
        if (!(value >= 0 && value <= most)) {
            throw Nonsense.text("a number from 0 to " + most + " for " + what, text);
        }
        return value;
    }

    private static String value(String what, JsonNode data) {
        JsonNode result = data.path("result");
        JsonNode point = switch (data.path("resultType").asString("")) {
            case "scalar" -> result;
            case "vector" -> {
                if (result.size() != 1) {
                    throw Nonsense.text("one series for " + what, result.isEmpty()
                            ? "none: its target is down, or the query fits nothing"
                            : result.size() + ": the query has to sum them up");
                }
                yield result.path(0).path("value");
            }
            default -> throw Nonsense.text("one number for " + what, data.path("resultType").asString("no result"));
        };
        if (!point.path(1).isString()) {
            throw Nonsense.text("one number for " + what, point.toString());
        }
        return point.path(1).stringValue();
    }

    private static JsonNode object(Reply reply) {
        try {
            JsonNode body = JSON.readTree(reply.bytes());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JacksonException noJson) {
            throw new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                    String.valueOf(Nonsense.answer("JSON", reply).getMessage()), noJson);
        }
        throw Nonsense.answer("a JSON object", reply);
    }
}

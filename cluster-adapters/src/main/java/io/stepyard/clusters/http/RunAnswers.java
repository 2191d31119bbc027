package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Reply;
import io.stepyard.clusters.call.Nonsense;
import io.stepyard.clusters.ChangeFeed;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cluster's answers mean. Pure: bytes in, meaning out, and {@link ClusterUnavailable} of kind NONSENSE for everything that is
 * not exactly an answer. A bare 404 is no "not found": a proxy in front of the cluster could have said it, and a job would count as lost.
 */
final class RunAnswers {

    private static final int MAX_EXIT_CODE = 255;

    /** A page of live runs. {@code next} is null on the last one. */
    record LivePage(Map<String, Observation> runs, @Nullable Long next) {}

    private final JsonMapper json;

    RunAnswers(JsonMapper json) {
        this.json = json;
    }

    SubmitOutcome submitted(String key, Reply reply) {
        return switch (reply.status()) {
            case 200, 201 -> {
                JsonNode body = object(reply);
                requireKey(key, body, reply);
                yield new SubmitOutcome.Accepted(text(body, "runId", reply));
            }
            case 400, 409, 410, 413, 422 -> {
                JsonNode body = object(reply);
                yield new SubmitOutcome.Refused(text(body, "code", reply), text(body, "message", reply));
            }
            default -> throw Nonsense.answer("an answer to a submission", reply);
        };
    }

    Observation observed(String key, Reply reply) {
        if (isNotFound(reply)) {
            return new Observation.NotFound();
        }
        if (reply.status() != 200) {
            throw Nonsense.answer("an answer to a look at a run", reply);
        }
        JsonNode body = object(reply);
        requireKey(key, body, reply);
        return observation(body, reply);
    }

    /** Checks that a cancel was taken; an unknown run is fine. */
    void cancelled(Reply reply) {
        if (!isNotFound(reply) && (reply.status() != 202 || !object(reply).path("state").isString())) {
            throw Nonsense.answer("202 to a cancel", reply);
        }
    }

    /** Captured output; an unknown run has none. */
    byte[] output(Reply reply) {
        if (isNotFound(reply)) {
            return new byte[0];
        }
        if (reply.status() != 200) {
            throw Nonsense.answer("captured output", reply);
        }
        return reply.bytes();
    }

    ChangeFeed.Changes changes(Reply reply) {
        JsonNode body = objectOf200(reply);
        JsonNode sequence = body.path("seq");
        JsonNode ended = body.path("ended");
        if (!sequence.isIntegralNumber() || !sequence.canConvertToLong() || sequence.longValue() < 0
                || !ended.isArray()) {
            throw Nonsense.answer("changes with seq and ended", reply);
        }
        List<ChangeFeed.Ended> found = new ArrayList<>();
        for (JsonNode run : ended) {
            found.add(
                    new ChangeFeed.Ended(text(run, "key", reply), text(run, "runId", reply), observation(run, reply)));
        }
        return new ChangeFeed.Changes(sequence.longValue(), found, body.path("truncated").asBoolean(false));
    }

    LivePage live(Reply reply) {
        JsonNode body = objectOf200(reply);
        JsonNode items = body.path("items");
        JsonNode next = body.path("next");
        if (!items.isArray() || !(next.isNull() || next.isMissingNode() || next.isIntegralNumber())) {
            throw Nonsense.answer("a page of runs", reply);
        }
        Map<String, Observation> runs = new LinkedHashMap<>();
        for (JsonNode run : items) {
            runs.put(text(run, "key", reply), observation(run, reply));
        }
        return new LivePage(runs, next.isIntegralNumber() ? next.longValue() : null);
    }

    private Observation observation(JsonNode run, Reply reply) {
        String state = text(run, "state", reply);
        return switch (state) {
            case "PENDING" -> new Observation.Pending();
            case "RUNNING" -> new Observation.Running(instant(run, "startedAt", reply));
            case "SUCCEEDED" ->
                new Observation.Succeeded(instant(run, "startedAt", reply), instant(run, "endedAt", reply));
            case "FAILED" -> failed(run, reply, FailureClass.USER_ERROR, exitWord(run, reply));
            case "TIMED_OUT" -> failed(run, reply, FailureClass.TIME_LIMIT, "TIME_LIMIT");
            case "KILLED" -> failed(run, reply, FailureClass.INFRASTRUCTURE, "KILLED");
            case "CANCELLED" -> new Observation.Cancelled(optionalInstant(run, "startedAt", reply),
                    instant(run, "endedAt", reply));
            default -> new Observation.Unrecognised(state);
        };
    }

    private static Observation failed(JsonNode run, Reply reply, FailureClass failureClass, String code) {
        String message = run.path("message").isString() ? run.path("message").stringValue() : "";
        return new Observation.Failed(optionalInstant(run, "startedAt", reply), instant(run, "endedAt", reply),
                new Failure(failureClass, code, message.isEmpty() ? code : message, exitCode(run, reply), null));
    }

    private static String exitWord(JsonNode run, Reply reply) {
        Integer exitCode = exitCode(run, reply);
        return exitCode == null ? "FAILED" : "EXIT_" + exitCode;
    }

    private static @Nullable Integer exitCode(JsonNode run, Reply reply) {
        JsonNode code = run.path("exitCode");
        if (code.isNull() || code.isMissingNode()) {
            return null;
        }
        if (!code.isIntegralNumber() || !code.canConvertToInt() || code.intValue() < 0
                || code.intValue() > MAX_EXIT_CODE) {
            throw Nonsense.answer("an exit code from 0 to 255", reply);
        }
        return code.intValue();
    }

    private boolean isNotFound(Reply reply) {
        return reply.status() == 404 && object(reply).path("code").asString("").equals("NOT_FOUND");
    }

    private JsonNode objectOf200(Reply reply) {
        if (reply.status() != 200) {
            throw Nonsense.answer("status 200", reply);
        }
        return object(reply);
    }

    private JsonNode object(Reply reply) {
        try {
            JsonNode body = json.readTree(reply.bytes());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JacksonException noJson) {
            throw new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                    String.valueOf(Nonsense.answer("JSON", reply).getMessage()), noJson);
        }
        throw Nonsense.answer("a JSON object", reply);
    }

    private static void requireKey(String key, JsonNode body, Reply reply) {
        if (!text(body, "key", reply).equals(key)) {
            throw Nonsense.answer("an answer about the run " + key, reply);
        }
    }

    private static String text(JsonNode body, String field, Reply reply) {
        JsonNode node = body.path(field);
        if (!node.isString() || node.stringValue().isEmpty()) {
            throw Nonsense.answer("a text in " + field, reply);
        }
        return node.stringValue();
    }

    private static Instant instant(JsonNode body, String field, Reply reply) {
        Instant instant = optionalInstant(body, field, reply);
        if (instant == null) {
            throw Nonsense.answer("a time in " + field, reply);
        }
        return instant;
    }

    private static @Nullable Instant optionalInstant(JsonNode body, String field, Reply reply) {
        JsonNode node = body.path(field);
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        try {
            return Instant.parse(node.asString(""));
        } catch (DateTimeParseException malformed) {
            throw new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE,
                    String.valueOf(Nonsense.answer("a time in " + field, reply).getMessage()), malformed);
        }
    }
}

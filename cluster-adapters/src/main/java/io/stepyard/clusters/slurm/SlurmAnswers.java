package io.stepyard.clusters.slurm;

import io.stepyard.clusters.call.Nonsense;
import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.model.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What slurmrestd's answers mean. Pure: bytes in, meaning out, {@link ClusterUnavailable} of kind NONSENSE for what is no answer. The
 * status of an answer says little (an unknown job is 500 in one version and 404 in another), so the list of errors decides.
 */
final class SlurmAnswers {

    private static final long INVALID_JOB_ID = 2017;
    /** The nodes are away for now; the job waits for them. */
    private static final long NODES_NOT_AVAILABLE = 2068;
    /** Nodes on which nothing can start. */
    private static final Set<String> OUT = Set.of("DOWN", "DRAIN", "DRAINED", "DRAINING", "FAIL", "FAILING", "ERROR",
            "UNKNOWN", "FUTURE", "POWERED_DOWN", "POWERING_DOWN", "NOT_RESPONDING", "MAINT", "INVALID_REG");

    /**
     * The answer to a submission.
     *
     * @param id empty when SLURM made no job of it
     * @param errors empty when it is content; SLURM may make a job and complain that it can never start
     */
    record Submitted(Optional<Long> id, List<String> errors) {}

    /** Size and allocation of the nodes. */
    record Nodes(Resources capacity, Resources used) {}

    private final JsonMapper json;

    SlurmAnswers(JsonMapper json) {
        this.json = json;
    }

    Submitted submitted(Reply reply) {
        JsonNode body = object(reply);
        JsonNode id = body.path("job_id");
        Optional<Long> known = id.isIntegralNumber() && id.longValue() > 0
                ? Optional.of(id.longValue())
                : Optional.empty();
        List<String> errors = known.isPresent() && isOnly(body, NODES_NOT_AVAILABLE) ? List.of() : errors(body);
        if (known.isEmpty() && errors.isEmpty()) {
            throw Nonsense.answer("a job id or errors", reply);
        }
        return new Submitted(known, errors);
    }

    /** The jobs of an answer; none when SLURM says that there is no such job. */
    List<SlurmJob> jobs(Reply reply) {
        JsonNode body = object(reply);
        if (isUnknownJob(body)) {
            return List.of();
        }
        if (reply.status() != 200 || !body.path("jobs").isArray()) {
            throw Nonsense.answer("jobs", reply);
        }
        List<SlurmJob> jobs = new ArrayList<>();
        for (JsonNode job : body.path("jobs")) {
            jobs.add(job(job, reply));
        }
        return jobs;
    }

    /** Checks that a cancel was taken; a job that is unknown or over is fine. */
    void cancelled(Reply reply) {
        JsonNode body = object(reply);
        if (!isUnknownJob(body) && (reply.status() != 200 || !errors(body).isEmpty())) {
            throw Nonsense.answer("200 to a cancel", reply);
        }
    }

    Nodes nodes(Reply reply, Optional<String> partition) {
        JsonNode body = object(reply);
        if (reply.status() != 200 || !body.path("nodes").isArray() || body.path("nodes").isEmpty()) {
            throw Nonsense.answer("nodes", reply);
        }
        Resources capacity = Resources.NONE;
        Resources used = Resources.NONE;
        for (JsonNode node : body.path("nodes")) {
            if (partition.isPresent() && !holds(node.path("partitions"), partition.get())) {
                continue;
            }
            Resources allocated = Resources.ofCores(whole(node, "alloc_cpus", reply),
                    whole(node, "alloc_memory", reply));
            // What runs on a node that takes nothing new counts on both sides: it is there, and it is in use.
            capacity = capacity.plus(isOut(node)
                    ? allocated
                    : Resources.ofCores(whole(node, "cpus", reply), whole(node, "real_memory", reply)).max(allocated));
            used = used.plus(allocated);
        }
        if (capacity.isNone()) {
            throw Nonsense.text("a node that can take jobs", "none of the " + body.path("nodes").size());
        }
        return new Nodes(capacity, used);
    }

    /** Whether the token was refused; slurmrestd has a word for that in no version, and another status in each. */
    boolean isDenied(Reply reply) {
        String text = reply.text();
        return reply.status() == 401 || reply.status() == 511 || (reply.status() >= 400
                && (text.contains("Authentication failure") || text.contains("slurmctld config is unable to load")
                        || text.contains("Protocol authentication error")));
    }

    private SlurmJob job(JsonNode job, Reply reply) {
        return new SlurmJob(whole(job, "job_id", reply), job.path("comment").asString(""), texts(job.path("job_state")),
                job.path("state_reason").asString(""), waitStatus(job.path("exit_code")),
                seconds(job.path("start_time")),
                seconds(job.path("end_time")));
    }

    private static long waitStatus(JsonNode code) {
        if (code.isIntegralNumber()) {
            return code.longValue();
        }
        long exit = seconds(code.path("return_code"));
        long signal = Math.max(seconds(code.path("signal").path("id")), seconds(code.path("signal").path("signal_id")));
        return exit << 8 | signal;
    }

    /** A number in either form; 0 when it is not set. */
    private static long seconds(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.path("set").asBoolean(false) ? node.path("number").asLong(0) : 0;
    }

    private static List<String> texts(JsonNode node) {
        if (node.isString()) {
            return List.of(node.stringValue());
        }
        List<String> found = new ArrayList<>();
        node.forEach(item -> found.add(item.asString("")));
        return found;
    }

    private static boolean isOut(JsonNode node) {
        List<String> words = new ArrayList<>(texts(node.path("state")));
        words.addAll(texts(node.path("state_flags")));
        return words.stream().map(word -> word.toUpperCase(java.util.Locale.ROOT)).anyMatch(OUT::contains);
    }

    private static boolean holds(JsonNode list, String wanted) {
        return texts(list).contains(wanted);
    }

    private static long whole(JsonNode node, String field, Reply reply) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || value.longValue() < 0) {
            throw Nonsense.text("a whole number of 0 or more in " + field,
                    value.isMissingNode()
                            ? "an answer with status " + reply.status() + " without it"
                            : value.toString());
        }
        return value.longValue();
    }

    private static boolean isUnknownJob(JsonNode body) {
        for (JsonNode error : body.path("errors")) {
            if (number(error) == INVALID_JOB_ID) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOnly(JsonNode body, long number) {
        for (JsonNode error : body.path("errors")) {
            if (number(error) != number) {
                return false;
            }
        }
        return true;
    }

    private static long number(JsonNode error) {
        return error.path("error_number").asLong(error.path("error_code").asLong(0));
    }

    private static List<String> errors(JsonNode body) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : body.path("errors")) {
            long number = number(error);
            String words = error.path("error").asString(error.path("description").asString("no words"));
            errors.add(words + " (SLURM error " + number + ")");
        }
        return errors;
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
}

package io.stepyard.localcluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of a cluster, without HTTP: method, path, query and body in, status and body out. */
final class Routes {

    /** What is sent back. Not a record: two answers are never compared, and an array has no value of its own. */
    static final class Answer {
        private final int status;
        private final String contentType;
        private final byte[] body;

        Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }

        int status() {
            return status;
        }

        String contentType() {
            return contentType;
        }

        byte[] body() {
            return body;
        }
    }

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int DEFAULT_LIMIT = 1000;
    private static final int MAX_LIMIT = 10_000;
    private static final int DEFAULT_OUTPUT_BYTES = 64 * 1024;
    private static final int MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
    private static final int MAX_WAIT_SECONDS = 60;

    private final LocalCluster.Config config;
    private final String instance;
    private final RunTable table;
    private final Runner runner;
    private final JsonMapper json;

    /** @param instance a name that no other state directory has */
    Routes(LocalCluster.Config config, String instance, RunTable table, Runner runner, JsonMapper json) {
        this.config = config;
        this.instance = instance;
        this.table = table;
        this.runner = runner;
        this.json = json;
    }

    Answer answer(String method, String rawPath, Map<String, String> query, byte[] body)
            throws IOException, InterruptedException {
        try {
            String[] path = rawPath.substring(1).split("/", -1);
            if (path.length >= 3 && path[0].equals("v1") && path[1].equals("runs") && path.length <= 4) {
                return run(method, Query.decode(path[2]), path.length == 4 ? path[3] : "", query, body);
            }
            Answer found = switch (rawPath) {
                case "/v1/runs" -> list(query);
                case "/v1/changes" -> changes(query);
                case "/v1/cluster" -> cluster();
                case "/metrics" -> new Answer(200, MetricsPage.CONTENT_TYPE,
                        HttpApi.utf8(MetricsPage.of(table.usage(), config.clock().instant())));
                case "/healthz" -> new Answer(200, TEXT, HttpApi.utf8("ok\n"));
                default -> problem(404, "NOT_FOUND", "Expected a path of the cluster API, but found " + rawPath);
            };
            return found.status() == 404 || method.equals("GET") ? found : notAllowed(method);
        } catch (IllegalArgumentException malformed) {
            return problem(400, "INVALID", String.valueOf(malformed.getMessage()));
        }
    }

    private Answer run(String method, String key, String part, Map<String, String> query, byte[] body)
            throws IOException {
        return switch (method + " " + part) {
            case "PUT " -> submit(key, body);
            case "GET " -> {
                RunView view = table.find(key);
                yield view == null ? unknown(key) : json(200, shown(view));
            }
            case "POST cancel" -> cancel(key);
            case "GET stdout", "GET stderr" -> output(key, part, query);
            default -> List.of("", "cancel", "stdout", "stderr").contains(part)
                    ? notAllowed(method)
                    : problem(404, "NOT_FOUND", "Expected stdout, stderr or cancel after the key, but found " + part);
        };
    }

    private Answer submit(String key, byte[] body) {
        RunRequest request;
        try {
            request = RequestParser.parse(json, key, body);
        } catch (RequestParser.Invalid invalid) {
            return problem(400, "INVALID", String.valueOf(invalid.getMessage()));
        }
        return switch (table.submit(request, config.clock().instant())) {
            case Submitted.OverCapacity over -> problem(409, "OVER_CAPACITY", over.message());
            case Submitted.Closed closed -> problem(410, "CANCELLED", closed.message());
            case Submitted.ShuttingDown _ -> problem(503, "UNAVAILABLE",
                    "The cluster is shutting down and takes nothing new");
            case Submitted.Taken taken -> {
                if (taken.run() != null) {
                    runner.startWhenAccepted(taken.run());
                }
                try {
                    taken.durable().join();
                } catch (CompletionException disk) {
                    yield problem(503, "UNAVAILABLE", "The cluster cannot write its journal");
                }
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("runId", taken.view().runId());
                answer.put("key", key);
                answer.put("state", taken.view().state());
                yield json(taken.fresh() ? 201 : 200, answer);
            }
        };
    }

    private Answer cancel(String key) {
        LiveRun run = table.liveRun(key);
        if (run != null) {
            runner.end(run, RunState.CANCELLED);
        }
        RunView view = table.find(key);
        if (view != null) {
            return json(202, shown(view));
        }
        if (run == null) {
            try {
                table.close(key).join();
            } catch (CompletionException disk) {
                return problem(503, "UNAVAILABLE", "The cluster cannot write its journal");
            }
            if (table.liveRun(key) != null || table.find(key) != null) {
                // Its submission has come meanwhile.
                return cancel(key);
            }
        }
        return unknown(key);
    }

    private Answer output(String key, String stream, Map<String, String> query) throws IOException {
        RunView view = table.find(key);
        if (view == null) {
            return unknown(key);
        }
        int maxBytes = (int) Query.number(query, "maxBytes", DEFAULT_OUTPUT_BYTES, 0, MAX_OUTPUT_BYTES);
        RunDirectory directory = table.directory(view.number());
        return new Answer(200, TEXT,
                RunDirectory.tail(stream.equals("stdout") ? directory.stdout() : directory.stderr(), maxBytes));
    }

    private Answer list(Map<String, String> query) {
        List<RunState> states = new ArrayList<>();
        for (String word : query.getOrDefault("state", "").split(",")) {
            if (!word.isEmpty()) {
                states.add(state(word));
            }
        }
        int limit = (int) Query.number(query, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        List<RunView> page = table.list(states, Query.number(query, "after", 0, 0, Long.MAX_VALUE), limit);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("items", page.stream().map(Routes::shown).toList());
        answer.put("next", page.size() < limit ? null : page.getLast().number());
        return json(200, answer);
    }

    private static RunState state(String word) {
        return Stream.of(RunState.values()).filter(state -> state.name().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state: expected states out of "
                        + Arrays.toString(RunState.values()) + ", separated by commas, but found '" + word + "'"));
    }

    private Answer changes(Map<String, String> query) throws InterruptedException {
        long since = Query.number(query, "since", 0, 0, Long.MAX_VALUE);
        long seconds = Query.number(query, "waitSeconds", 0, 0, MAX_WAIT_SECONDS);
        int limit = (int) Query.number(query, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Changes changes = table.changes(since, Duration.ofSeconds(seconds), limit);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("seq", changes.sequence());
        answer.put("ended", changes.ended().stream().map(Routes::shown).toList());
        answer.put("truncated", changes.truncated());
        return json(200, answer);
    }

    private Answer cluster() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", config.name());
        answer.put("cpuMillicores", config.capacity().cpuMillicores());
        answer.put("memoryMib", config.capacity().memoryMib());
        answer.put("labels", new TreeMap<>(config.labels()));
        answer.put("instance", instance);
        answer.put("pid", ProcessHandle.current().pid());
        return json(200, answer);
    }

    private static Map<String, Object> shown(RunView view) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("runId", view.runId());
        run.put("key", view.key());
        run.put("jobId", view.jobId());
        run.put("state", view.state());
        run.put("startedAt", view.startedAt());
        run.put("endedAt", view.endedAt());
        run.put("exitCode", view.exitCode());
        run.put("message", view.message());
        return run;
    }

    private Answer unknown(String key) {
        return problem(404, "NOT_FOUND", "Expected the key of a run of " + config.name() + ", but found '" + key + "'");
    }

    private Answer notAllowed(String method) {
        return problem(405, "METHOD_NOT_ALLOWED", "This path does not know the method " + method);
    }

    Answer problem(int status, String code, String message) {
        return json(status, Map.of("code", code, "message", message));
    }

    private Answer json(int status, Map<String, ?> body) {
        return new Answer(status, JSON, json.writeValueAsBytes(body));
    }
}

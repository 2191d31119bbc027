package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Authorisation;
import io.stepyard.clusters.call.Call;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.Reply;
import io.stepyard.clusters.call.OutputText;
import io.stepyard.clusters.BulkObserve;
import io.stepyard.clusters.ChangeFeed;
import io.stepyard.clusters.ClusterAdapter;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RunSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to clusters of kind {@code http}. Safe for many threads; keeps connections, and nothing about jobs. */
public final class HttpClusterAdapter implements ClusterAdapter, ChangeFeed, BulkObserve {

    public static final String KIND = "http";

    private static final int LIVE_PAGE = 1000;
    private static final int MAX_LIVE_PAGES = 1000;

    private final JsonMapper json = JsonMapper.builder().build();
    private final RunAnswers answers = new RunAnswers(json);
    private final ClusterCalls calls;

    /** @param calls closed by whoever made it */
    public HttpClusterAdapter(ClusterCalls calls) {
        this.calls = calls;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public SubmitOutcome submit(ClusterRecord cluster, Submission submission) {
        if (!ClusterKind.runs(KIND, submission.spec().run())) {
            return new SubmitOutcome.Refused("UNSUPPORTED",
                    "A cluster of kind " + KIND + " cannot run a " + submission.spec().run().kind());
        }
        String body = json.writeValueAsString(request(submission));
        Reply reply = ask(cluster, Call.of("PUT", path(submission.key()), body));
        return understood(cluster, () -> answers.submitted(submission.key(), reply));
    }

    static Map<String, Object> request(Submission submission) {
        JobSpec spec = submission.spec();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("jobId", submission.jobId());
        body.put("attempt", submission.attempt());
        body.put("cpuMillicores", spec.resources().cpuMillicores());
        body.put("memoryMib", spec.resources().memoryMib());
        // Whole seconds, never less than was asked for.
        body.put("timeLimitSeconds", spec.timeLimit().plusSeconds(1).minusNanos(1).toSeconds());
        switch (spec.run()) {
            case RunSpec.Command command -> {
                body.put("command", command.command());
                body.put("workingDirectory", command.workingDirectory());
            }
            case RunSpec.Script script -> {
                body.put("command", List.of("/bin/sh", "-c", script.script()));
                body.put("workingDirectory", script.workingDirectory());
            }
            case RunSpec.Spark _,RunSpec.Slurm _,RunSpec.Yarn _,RunSpec.Kubernetes _ ->
                throw new IllegalArgumentException("Expected a command or a script, but found " + spec.run().kind());
        }
        body.put("environment", spec.environment());
        return body;
    }

    @Override
    public Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        Reply reply = ask(cluster, Call.of("GET", path(key), null));
        return understood(cluster, () -> answers.observed(key, reply));
    }

    @Override
    public void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        Reply reply = ask(cluster, Call.of("POST", path(key) + "/cancel", null));
        understood(cluster, () -> {
            answers.cancelled(reply);
            return key;
        });
    }

    @Override
    public String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return captured(cluster, path(key) + "/stderr?maxBytes=" + maxBytes, maxBytes);
    }

    @Override
    public String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return captured(cluster, path(key) + "/stdout?maxBytes=" + maxBytes, maxBytes);
    }

    private String captured(ClusterRecord cluster, String path, int maxBytes) {
        Reply reply = ask(cluster, Call.of("GET", path, null));
        return understood(cluster, () -> OutputText.tail(answers.output(reply), maxBytes));
    }

    @Override
    public ClusterSample sample(ClusterRecord cluster) {
        Reply reply = ask(cluster, Call.of("GET", "/metrics", null));
        return understood(cluster, () -> MetricsAnswer.sample(reply));
    }

    @Override
    public Changes changes(ClusterRecord cluster, long since, Duration wait) {
        Reply reply = calls.longPoll(cluster,
                Call.get("/v1/changes?since=" + since + "&waitSeconds=" + wait.toSeconds()), wait);
        return understood(cluster, () -> answers.changes(reply));
    }

    @Override
    public Map<String, Observation> live(ClusterRecord cluster) {
        Map<String, Observation> found = new HashMap<>();
        Long after = 0L;
        for (int page = 0; page < MAX_LIVE_PAGES && after != null; page++) {
            Reply reply = ask(cluster,
                    Call.get("/v1/runs?state=PENDING,RUNNING&limit=" + LIVE_PAGE + "&after=" + after));
            RunAnswers.LivePage read = understood(cluster, () -> answers.live(reply));
            found.putAll(read.runs());
            after = read.next();
        }
        return found;
    }

    /** Adds the cluster's name to what the pure functions say. */
    private static <T> T understood(ClusterRecord cluster, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (ClusterUnavailable nonsense) {
            throw ClusterCalls.unavailable(nonsense.kind(), cluster, String.valueOf(nonsense.getMessage()), nonsense);
        }
    }

    private Reply ask(ClusterRecord cluster, Call call) {
        return calls.call(cluster, call, Authorisation.BEARER);
    }

    private static String path(String key) {
        return "/v1/runs/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

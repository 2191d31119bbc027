package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local cluster in this process, spoken to over HTTP; its processes are real. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LocalClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private LocalCluster cluster;

    private LocalCluster.Config config() {
        return LocalCluster.Config.of("zurich", Resources.ofCores(4, 4096), 0, directory.resolve("state"))
                .killingAfter(Duration.ofMillis(300));
    }

    private void start(UnaryOperator<LocalCluster.Config> change) throws ClusterStartException {
        cluster = LocalCluster.start(change.apply(config()));
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + cluster.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int submit(String key, Map<String, Object> change, String... command) throws Exception {
        Map<String, Object> body = new java.util.HashMap<>(Map.of("jobId", "job", "attempt", 2, "cpuMillicores", 1000,
                "memoryMib", 64, "timeLimitSeconds", 600, "command", List.of(command)));
        body.putAll(change);
        return call("PUT", "/v1/runs/" + key, json.writeValueAsString(body)).statusCode();
    }

    private JsonNode awaitEnd(String key) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long since = 0;
        while (System.nanoTime() < deadline) {
            JsonNode changes = json.readTree(call("GET", "/v1/changes?waitSeconds=5&since=" + since, "").body());
            for (JsonNode run : changes.path("ended")) {
                if (run.path("key").stringValue().equals(key)) {
                    return run;
                }
            }
            since = changes.path("seq").longValue();
        }
        throw new AssertionError("Expected " + key + " to end, but it is " + call("GET", "/v1/runs/" + key, "").body());
    }

    private String output(String key) throws Exception {
        return call("GET", "/v1/runs/" + key + "/stdout", "").body();
    }

    private static void state(JsonNode run, String state) {
        assertThat(run.path("state").stringValue()).as(run.toString()).isEqualTo(state);
    }

    /** Reads a pid that a run has written to a named pipe, which waits for it without looking again and again. */
    private static ProcessHandle pidFrom(Path pipe) throws Exception {
        return ProcessHandle.of(Long.parseLong(Files.readString(pipe).strip())).orElseThrow();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        return pipe;
    }

    @Test
    void shouldHandEveryWordToTheProgramWithoutAShell() throws Exception {
        start(config -> config);
        submit("a", Map.of(), "printf", "%s|", "$HOME `id` ;", "", "two\nlines", "*");

        state(awaitEnd("a"), "SUCCEEDED");
        assertThat(output("a")).isEqualTo("$HOME `id` ;||two\nlines|*|");
    }

    @Test
    void shouldRunProgramsAndNotTheLaunchersOwnCommands() throws Exception {
        start(config -> config);
        submit("a", Map.of(), "exit", "0");
        submit("b", Map.of(), "eval", "true");

        assertThat(awaitEnd("a").path("exitCode").intValue()).isEqualTo(127);
        assertThat(awaitEnd("b").path("exitCode").intValue()).isEqualTo(127);
    }

    @Test
    void shouldGiveTheEnvironmentThatWasAskedForAndNoMore() throws Exception {
        start(config -> config);
        submit("a", Map.of("environment", Map.of("A", "b c")), "env");
        awaitEnd("a");

        assertThat(output("a").lines()).contains("A=b c", "STEPYARD_JOB_ID=job", "STEPYARD_ATTEMPT=2",
                "STEPYARD_CLUSTER=zurich").noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA"))
                .anyMatch(line -> line.startsWith("PATH="));
    }

    @Test
    void shouldSayThatAProgramIsNotThere() throws Exception {
        start(config -> config);
        submit("a", Map.of(), "no-such-program");

        JsonNode run = awaitEnd("a");
        state(run, "FAILED");
        assertThat(run.path("exitCode").intValue()).isEqualTo(127);
        assertThat(call("GET", "/v1/runs/a/stderr", "").body()).contains("no-such-program").contains("not found");
    }

    @Test
    void shouldFailARunWhoseWorkingDirectoryIsNotThere() throws Exception {
        start(config -> config);
        submit("a", Map.of("workingDirectory", "/no/such/directory"), "true");

        JsonNode run = awaitEnd("a");
        state(run, "FAILED");
        assertThat(run.path("message").stringValue()).contains("/no/such/directory");
    }

    @Test
    void shouldEndTheWholeTreeAtTheTimeLimitWhateverItIgnores() throws Exception {
        start(config -> config);
        Path pids = pipe("pids");
        submit("a", Map.of("timeLimitSeconds", 1), "sh", "-c",
                "trap '' TERM; (trap '' TERM; setsid sh -c 'echo $$ > " + pids
                        + "; exec sleep 600') & sleep 600; sleep 600");
        ProcessHandle escaped = pidFrom(pids);

        state(awaitEnd("a"), "TIMED_OUT");
        assertThat(escaped.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void shouldEndWhatARunLeavesBehind() throws Exception {
        start(config -> config);
        Path pids = pipe("pids");
        submit("a", Map.of(), "sh", "-c", "sleep 600 & echo $! > " + pids + "; exit 0");
        ProcessHandle left = pidFrom(pids);

        state(awaitEnd("a"), "SUCCEEDED");
        assertThat(left.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndCountIt() throws Exception {
        start(config -> config);
        assertThat(submit("a", Map.of("cpuMillicores", 3500), "sleep", "600")).isEqualTo(201);
        assertThat(submit("b", Map.of("cpuMillicores", 501), "true")).isEqualTo(409);
        assertThat(submit("c", Map.of("cpuMillicores", 500), "true")).isEqualTo(201);

        assertThat(call("GET", "/metrics", "").body()).contains("stepyard_cluster_refusals_total 1\n")
                .contains("stepyard_cluster_runs{state=\"PENDING\"}");
    }

    @Test
    void shouldSayEveryFaultOfARequestAtOnce() throws Exception {
        start(config -> config);
        HttpResponse<String> answer = call("PUT", "/v1/runs/a",
                """
                        {"jobId":"","attempt":0,"cpuMillicores":1.5,"memoryMib":"1","command":["-x"],"workingDirectory":"relative",
                         "environment":{"A-B":"1","C":2}}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/jobId", "/attempt", "/cpuMillicores", "/memoryMib", "/timeLimitSeconds",
                "/command/0", "/workingDirectory", "A-B", "/environment/C");
    }

    @Test
    void shouldTakeNothingFromAWebPage() throws Exception {
        start(config -> config);

        assertThat(call("POST", "/v1/runs/a/cancel", "", "Origin", "http://example.org").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldBoundCapturedOutputAndSaySo() throws Exception {
        start(config -> config.cappingOutputAt(10_000));
        submit("a", Map.of(), "sh", "-c", "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done");
        awaitEnd("a");

        assertThat(output("a")).contains("earlier output was dropped").endsWith("line 4999\n").hasSizeLessThan(11_000);
    }

    @Test
    void shouldForgetTheOldestRunsAndTheirFiles() throws Exception {
        start(config -> config.keeping(2));
        for (String key : List.of("a", "b", "c")) {
            submit(key, Map.of(), "echo", key);
            awaitEnd(key);
        }

        assertThat(call("GET", "/v1/runs/a", "").statusCode()).isEqualTo(404);
        assertThat(output("b")).isEqualTo("b\n");
        JsonNode changes = json.readTree(call("GET", "/v1/changes?since=0", "").body());
        assertThat(changes.path("truncated").booleanValue()).isTrue();
        assertThat(changes.path("ended").size()).isEqualTo(2);
    }

    @Test
    void shouldListInPages() throws Exception {
        start(config -> config);
        for (String key : List.of("a", "b", "c")) {
            submit(key, Map.of(), "true");
            awaitEnd(key);
        }

        JsonNode first = json.readTree(call("GET", "/v1/runs?limit=2&state=SUCCEEDED", "").body());
        JsonNode second = json
                .readTree(call("GET", "/v1/runs?limit=2&state=SUCCEEDED&after=" + first.path("next").longValue(), "")
                        .body());

        assertThat(first.path("items").findValuesAsString("key")).containsExactly("a", "b");
        assertThat(second.path("items").findValuesAsString("key")).containsExactly("c");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void shouldKeepResultsOverARestart() throws Exception {
        start(config -> config);
        submit("a", Map.of(), "sh", "-c", "echo out; exit 7");
        submit("b", Map.of(), "sleep", "600");
        JsonNode before = awaitEnd("a");
        cluster.close();

        start(config -> config);
        assertThat(json.readTree(call("GET", "/v1/runs/a", "").body())).isEqualTo(before);
        assertThat(output("a")).isEqualTo("out\n");
        state(json.readTree(call("GET", "/v1/runs/b", "").body()), "KILLED");
        assertThat(submit("a", Map.of(), "true")).isEqualTo(200);
    }

    @Test
    void shouldRefuseAStateDirectoryThatIsInUse() throws Exception {
        start(config -> config);

        assertThatThrownBy(() -> LocalCluster.start(config())).isInstanceOfSatisfying(ClusterStartException.class,
                refused -> assertThat(refused.reason()).isEqualTo(ClusterStartException.Reason.STATE_DIRECTORY_IN_USE));
    }

    @Test
    void shouldRefuseAPortThatIsTaken() throws Exception {
        start(config -> config);

        assertThatThrownBy(() -> LocalCluster.start(
                LocalCluster.Config.of("other", Resources.ofCores(1, 64), cluster.port(), directory.resolve("other"))))
                .isInstanceOfSatisfying(ClusterStartException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ClusterStartException.Reason.PORT_TAKEN));
    }

    @Test
    void shouldTellWhereItIs() throws Exception {
        start(config -> config);
        JsonNode facts = json.readTree(directory.resolve("state/cluster.json"));

        assertThat(facts.path("port").intValue()).isEqualTo(cluster.port());
        assertThat(facts.path("pid").longValue()).isEqualTo(ProcessHandle.current().pid());
    }
}

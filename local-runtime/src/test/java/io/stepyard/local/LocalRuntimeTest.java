package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import tools.jackson.databind.JsonNode;

class LocalRuntimeTest {

    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private static Path stateDir;
    private static RunningRuntime runtime;
    private static SfnClient client;
    private static TestJobs jobs;

    @BeforeAll
    static void start() {
        runtime = RunningRuntime.start(stateDir);
        client = runtime.stepFunctions();
        jobs = new TestJobs(client);
    }

    @AfterAll
    static void stop() {
        client.close();
        runtime.close();
    }

    @Test
    void shouldRunAJobAndKeepWhatItPrints() {
        DescribeExecutionResponse end = jobs.end(jobs.submit("good", TestJobs.job("echo hello; echo warning >&2", "")));

        assertThat(end.statusAsString()).as(end.cause()).isEqualTo("SUCCEEDED");
        assertThat(runtime.state("good")).isEqualTo("SUCCEEDED");
        assertThat(runtime.get("/v1/jobs/good").at("/attempts/0/cluster").stringValue()).isIn("zurich", "geneva");
    }

    @Test
    void shouldFailWithTheJobsOwnErrorOutput() {
        DescribeExecutionResponse end = jobs
                .end(jobs.submit("bad", TestJobs.job("echo 'access denied' >&2; exit 3", "")));

        assertThat(end.statusAsString()).isEqualTo("FAILED");
        assertThat(end.error()).isEqualTo("USER_ERROR");
        assertThat(end.cause()).contains("access denied");
        assertThat(runtime.get("/v1/jobs/bad").at("/attempts/0/failure/exitCode").intValue()).isEqualTo(3);
    }

    @Test
    void shouldTryAgainAsTheRetryPolicySays() {
        String once = "test -e " + stateDir.resolve("tried") + " || { touch " + stateDir.resolve("tried")
                + "; exit 1; }";
        String job = TestJobs.job(once, "").replace("{\"maxAttempts\":1}",
                "{\"maxAttempts\":2,\"backoff\":\"1s\",\"on\":[\"USER_ERROR\"]}");

        DescribeExecutionResponse end = jobs.end(jobs.submit("again", job));

        assertThat(end.statusAsString()).as(end.cause()).isEqualTo("SUCCEEDED");
        assertThat(runtime.get("/v1/jobs/again").path("attemptsMade").intValue()).isEqualTo(2);
    }

    @Test
    void shouldEndAJobAtItsTimeLimit() {
        DescribeExecutionResponse end = jobs
                .end(jobs.submit("slow", TestJobs.job("sleep 300", ",\"timeLimit\":\"1s\"")));

        assertThat(end.error()).isEqualTo("TIME_LIMIT");
        assertThat(runtime.state("slow")).isEqualTo("TIMED_OUT");
    }

    @Test
    void shouldRefuseABadJobWithEveryFaultAndQueueNothing() {
        DescribeExecutionResponse end = jobs.end(jobs.submit("invalid", "{\"schemaVersion\":1,\"cpu\":0}"));

        assertThat(end.error()).isEqualTo("JobRejected");
        assertThat(end.cause()).contains("/cpu").contains("memory").contains("run");
        assertThat(runtime.state("invalid")).isEqualTo("JOB_NOT_FOUND");
    }

    @Test
    void shouldRefuseAJobThatFitsNoClusterInsteadOfQueueingItForEver() {
        String large = TestJobs.job("true", "").replace("\"cpu\":1", "\"cpu\":3");

        assertThat(jobs.end(jobs.submit("large", large)).cause()).contains("zurich").contains("2 cores");
    }

    @Test
    void shouldCancelARunningJobOnItsCluster() {
        String arn = jobs.submit("cancelled", TestJobs.job("sleep 300", ""));
        awaitState("cancelled", "RUNNING");

        assertThat(runtime.post("/v1/jobs/cancelled/cancel", "{\"reason\":\"no need\"}").statusCode()).isEqualTo(202);

        assertThat(jobs.end(arn).error()).isEqualTo("JobCancelled");
        awaitState("cancelled", "CANCELLED");
    }

    @Test
    void shouldCancelTheJobOfAnExecutionThatIsStopped() {
        String arn = jobs.submit("stopped", TestJobs.job("sleep 300", ""));
        awaitState("stopped", "RUNNING");

        client.stopExecution(request -> request.executionArn(arn));

        awaitState("stopped", "CANCELLED");
    }

    @Test
    void shouldTakeTheSameJobTwiceAsOne() {
        String job = TestJobs.job("echo once >> " + stateDir.resolve("once") + "; sleep 2", "");
        String first = jobs.submit("twice", job);
        String second = jobs.submit("twice", job);

        assertThat(second).isEqualTo(first);
        assertThat(jobs.end(first).statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(stateDir.resolve("once")).hasContent("once");
    }

    @Test
    void shouldStartAClusterAgainThatHasDied() {
        JsonNode announced = runtime.announced();
        ProcessHandle zurich = ProcessHandle.of(announced.at("/clusters/0/pid").asLong()).orElseThrow();
        zurich.destroyForcibly();
        zurich.onExit().join();

        String arn = jobs.submit("after-death", TestJobs.job("true", ",\"clusters\":[\"zurich\"]"));

        assertThat(jobs.end(arn).statusAsString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldHaveNothingReservedWhenNothingRuns() {
        jobs.end(jobs.submit("last", TestJobs.job("true", "")));

        Eventually.within(SOON, "empty ledgers", () -> runtime.get("/v1/clusters").findValues("reserved"),
                ledgers -> ledgers.stream().allMatch(ledger -> ledger.path("cpuMillicores").asInt(-1) == 0
                        && ledger.path("memoryMib").asInt(-1) == 0));
    }

    @Test
    void shouldRefuseASecondRuntimeOnTheSameStateInOneLine() {
        try (RunningRuntime second = RunningRuntime.launch(stateDir, "--api-port", "0", "--step-functions-port", "0")) {
            assertThat(second.await(SOON)).isEqualTo(7);
            assertThat(second.output().strip()).startsWith("local: a runtime is already running on").hasLineCount(1);
        }
    }

    @Test
    void shouldSayInOneLineWhichPortIsTaken(@TempDir Path other) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningRuntime second = RunningRuntime.launch(other, "--api-port",
                        Integer.toString(taken.getLocalPort()), "--step-functions-port", "0")) {
            assertThat(second.await(SOON)).isEqualTo(8);
            assertThat(second.output().strip()).startsWith("local: port " + taken.getLocalPort())
                    .contains("--api-port").hasLineCount(1);
        }
    }

    @Test
    void shouldShowNothingOfTheRehearsalItStartedWith() throws IOException {
        Eventually.within(SOON, "no rehearsal", () -> Files.exists(stateDir.resolve("rehearsal")), there -> !there);
        for (String cluster : List.of("zurich", "geneva")) {
            Eventually.within(SOON, "no rehearsal of " + cluster,
                    () -> Files.exists(stateDir.resolve("clusters").resolve(cluster).resolve("rehearsal")),
                    there -> !there);
        }

        assertThat(runtime.get("/v1/jobs?limit=100").findValuesAsString("name")).doesNotContain("rehearsal");
        assertThat(runtime.get("/v1/clusters").path("items").findValuesAsString("name"))
                .containsExactlyInAnyOrder("zurich", "geneva");
        assertThat(client.listExecutions(request -> request.stateMachineArn(JobManager.ARN)).executions())
                .noneMatch(execution -> execution.name().contains("rehearsal"));
        assertThat(Files.readString(stateDir.resolve("logs/runtime.log"))).doesNotContain("rehearsal");
    }

    @Test
    void shouldTellOfItsSchedulerInHealthAndMetrics() {
        JsonNode health = runtime.get("/actuator/health");

        assertThat(health.path("status").stringValue()).isEqualTo("UP");
        assertThat(health.at("/components/scheduler/status").stringValue()).isEqualTo("UP");
        assertThat(health.at("/components/scheduler/details/passes").longValue()).isPositive();
        assertThat(runtime.text("/actuator/prometheus"))
                .containsPattern("stepyard_scheduler_pass_seconds_count\\{[^}]*outcome=\"ok\"[^}]*} [1-9]")
                .containsPattern("stepyard_scheduler_pass_seconds_sum\\{[^}]*outcome=\"ok\"[^}]*} [0-9]");
    }

    @Test
    void shouldWriteNoTaskTokenIntoAnyLog() throws IOException {
        String arn = jobs.submit("secret", TestJobs.job("true", ""));
        jobs.end(arn);
        List<String> tokens = jobs.tokens(arn);
        assertThat(tokens).isNotEmpty();

        try (Stream<Path> files = Files.walk(stateDir.resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                assertThat(tokens).as(file.toString()).noneMatch(text::contains);
                assertThat(text).doesNotContain("taskToken");
            }
        }
        assertThat(stateDir.resolve("logs/runtime.log")).isNotEmptyFile();
    }

    private static void awaitState(String jobId, String state) {
        Eventually.within(SOON, jobId + " " + state, () -> runtime.state(jobId), state::equals);
    }
}

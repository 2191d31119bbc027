package io.stepyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class JobCommandsTest {

    @TempDir
    Path directory = Path.of("");

    private FakeServices services = services();
    private Shell shell = Shell.at(services, directory);

    private static FakeServices services() {
        try {
            return new FakeServices();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @BeforeEach
    void prepare() {
        shell = Shell.at(services, directory);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void shouldShowWhyAJobWasRefusedThatWasNeverQueued() {
        services.answer("AWSStepFunctions.ListStateMachines", 200,
                "{\"stateMachines\":[{\"name\":\"stepyard-job-manager\","
                        + "\"stateMachineArn\":\"arn:aws:states:us-east-1:123456789012:stateMachine:stepyard-job-manager\","
                        + "\"type\":\"STANDARD\",\"creationDate\":1.0}]}");
        services.answer("AWSStepFunctions.DescribeExecution", 200,
                "{\"executionArn\":\"arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:too-big\","
                        + "\"stateMachineArn\":\"arn:aws:states:us-east-1:123456789012:stateMachine:stepyard-job-manager\","
                        + "\"status\":\"FAILED\",\"startDate\":1.0,\"error\":\"JobRejected\",\"cause\":\"larger than \\u001b[2J\"}");
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("show", "too-big")).isZero();

        assertThat(shell.out()).contains("too-big  REFUSED", "JobRejected - larger than \\x1b[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldShowAttemptsAndTheEndOfTheErrorOutputOfAFailedJob() {
        services.answer("GET /v1/jobs/j-1", 200, Samples.ended("j-1", "FAILED", """
                ,"failure":{"failureClass":"USER_ERROR","code":"EXIT_13","message":"Exit code 13","exitCode":13,
                "errorOutput":"reading\\npayroll: access denied\\n"}"""));

        assertThat(shell.run("show", "j-1")).isZero();

        assertThat(shell.out()).contains("j-1  FAILED on geneva", "1.5 cores, 1.5GiB, at most 10:00",
                "USER_ERROR:EXIT_13 - Exit code 13", "  | payroll: access denied", "run-7", "yard logs j-1");
    }

    @Test
    void shouldShowWhyAJobWaitsClusterByCluster() {
        services.answer("GET /v1/jobs/pi-1", 200, Samples.line("pi-1", "pi", "research", "QUEUED", """
                ,"attemptsMade":0,"reason":"all full","attempts":[],"reasons":[
                {"cluster":"zurich","code":"RESOURCES","category":"CAPACITY","text":"1 of 2 cores free"},
                {"cluster":"geneva","code":"LABELS","category":"CONFIGURATION","text":"has no label zone=eu"}]"""));

        shell.run("show", "pi-1");

        assertThat(shell.out()).contains("waits       all full", "zurich  CAPACITY:RESOURCES - 1 of 2 cores free",
                "geneva  CONFIGURATION:LABELS - has no label zone=eu");
    }

    @Test
    void shouldEndWithNotFoundForAnUnknownJobAndSayWhatToDo() {
        assertThat(shell.run("show", "nobody")).isEqualTo(4);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err().lines()).hasSize(1);
        assertThat(shell.err()).startsWith("yard: Nothing at /v1/jobs/nobody").contains("yard queue");
    }

    @Test
    void shouldPrintHistoryOldestFirstWithObjectsAsText() {
        services.answer("GET /v1/jobs/j-1/history", 200,
                """
                        {"items":[{"at":"2026-11-21T10:10:00Z","type":"JobQueued","actor":"queue-request","detail":"priority 1000"},
                        {"at":"2026-11-21T10:11:00.5Z","type":"JobGranted","actor":"scheduler","detail":{"cluster":"zurich","epoch":3}}]}""");

        shell.run("history", "j-1");

        assertThat(shell.out().lines()).containsExactly(
                "AT                        EVENT       BY             DETAIL",
                "2026-11-21T10:10:00Z      JobQueued   queue-request  priority 1000",
                "2026-11-21T10:11:00.500Z  JobGranted  scheduler      cluster zurich, epoch 3");
    }

    @Test
    void shouldAskForTheStreamAndTheAttemptThatIsWanted() {
        services.answer("GET /v1/jobs/j-1/logs", 200, "hello\n");

        assertThat(shell.run("logs", "j-1", "--stdout", "--attempt", "2")).isZero();

        assertThat(shell.out()).isEqualTo("hello\n");
        assertThat(services.requests("GET /v1/jobs/j-1/logs")).singleElement()
                .satisfies(request -> assertThat(request.query())
                        .isEqualTo("stream=stdout&maxBytes=65536&attempt=2"));
    }

    @Test
    void shouldCancelTheOtherJobsWhenOneCannotBeCancelled() {
        services.answer("POST /v1/jobs/a/cancel", 202, Samples.line("a", "a", "t", "CANCELLING", ""));
        services.answer("POST /v1/jobs/b/cancel", 409,
                "{\"status\":409,\"code\":\"ENDED\",\"detail\":\"Job b has ended as SUCCEEDED\"}");
        services.answer("POST /v1/jobs/c/cancel", 202, Samples.line("c", "c", "t", "CANCELLED", ""));

        assertThat(shell.run("cancel", "--reason", "wrong input", "a", "b", "c")).isEqualTo(3);

        assertThat(shell.out().lines()).containsExactly("a  CANCELLING", "c  CANCELLED");
        assertThat(shell.err()).contains("could not cancel b: Job b has ended as SUCCEEDED");
        assertThat(services.requests("POST /v1/jobs/a/cancel").getFirst().json().path("reason").stringValue())
                .isEqualTo("wrong input");
    }

    @Test
    void shouldShowAMissingMeasurementAsUnknownAndNeverAsZero() {
        services.answer("GET /v1/clusters", 200, """
                {"items":[{"name":"zurich","kind":"http","labels":{"zone":"eu"},"status":"NO_METRICS",
                "capacity":{"cpuMillicores":4000,"memoryMib":8192},"reserved":{"cpuMillicores":0,"memoryMib":0},
                "used":null,"detail":"the sample is 90 s old","liveJobs":0}]}""");

        shell.run("clusters");

        assertThat(shell.out().lines().skip(1)).containsExactly(
                "zurich  http  NO_METRICS    4         0     ?  8GiB      0MiB     ?     0  zone=eu  the sample is 90 s old");
    }

    @Test
    void shouldReadClustersFromABareListToo() {
        services.answer("GET /v1/clusters", 200,
                "[{\"name\":\"zurich\",\"kind\":\"http\",\"status\":\"HEALTHY\",\"liveJobs\":2}]");

        shell.run("clusters", "--json");

        assertThat(JsonMapper.shared().readTree(shell.out()).path("clusters").path(0).path("status").stringValue())
                .isEqualTo("HEALTHY");
    }

    @Test
    void shouldSayWhereItLookedWhenNobodyAnswers() {
        services.close();

        assertThat(shell.run("queue")).isEqualTo(6);

        assertThat(shell.err().lines()).hasSize(1);
        assertThat(shell.err()).contains(services.url(), "yard local", "--api", "STEPYARD_API");
    }

    @Test
    void shouldCallAFailedServiceUnreachableAndNotTheJobFailed() {
        services.answer("GET /v1/queue", 503, "{\"status\":503,\"detail\":\"The store does not answer\"}");

        assertThat(shell.run("queue")).isEqualTo(6);

        assertThat(shell.err()).contains("status 503", "The store does not answer");
    }

    @Test
    void shouldCallAnAnswerThatIsNoneUnreachable() {
        services.answer("GET /v1/queue", 200, "<html>hello</html>");

        assertThat(shell.run("queue")).isEqualTo(6);

        assertThat(shell.err()).contains("No usable answer").doesNotContain("\tat ");
    }
}

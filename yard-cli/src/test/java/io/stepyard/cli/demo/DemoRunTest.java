package io.stepyard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.cli.FakeServices;
import io.stepyard.cli.Samples;
import io.stepyard.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo against services that answer from a script. */
class DemoRunTest {

    @TempDir
    Path directory = Path.of("");

    private final FakeServices services = services();
    private String jobId = "";

    private static FakeServices services() {
        try {
            return new FakeServices();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(directory.resolve("good.json"), "{\"schemaVersion\":1,\"name\":\"good\",\"cpu\":1,"
                + "\"memory\":\"1GiB\",\"run\":{\"kind\":\"command\",\"command\":[\"true\"]}}");
        Files.writeString(directory.resolve("bad.json"), "{\"schemaVersion\":1,\"name\":\"bad\",\"cpu\":1,"
                + "\"memory\":\"1GiB\"}");
        Files.writeString(directory.resolve("demo.json"),
                """
                        {"version":1,"jobs":[{"file":"bad.json","delaySeconds":0,"expect":{"state":"REFUSED","faults":["/run"]}},
                        {"file":"good.json","delaySeconds":2,"expect":{"state":"SUCCEEDED","attempts":1,"cluster":"geneva"}}]}""");
        services.answer("GET /actuator/health", 200, "{\"status\":\"UP\"}");
        services.answer("GET /v1/clusters", 200, "{\"items\":[{\"name\":\"geneva\",\"kind\":\"http\",\"status\":"
                + "\"HEALTHY\",\"capacity\":{\"cpuMillicores\":4000,\"memoryMib\":8192},\"liveJobs\":0}]}");
        services.answer("AWSStepFunctions.StartExecution", 200, this::started);
        services.answer("GET /v1/queue", 200, "{\"items\":[],\"counts\":{}}");
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private String started(String request) {
        jobId = JsonMapper.shared().readTree(request).path("name").stringValue();
        services.answer("GET /v1/jobs/" + jobId, 404, "{\"status\":404}");
        services.answer("GET /v1/jobs/" + jobId, 200, ended);
        return "{\"executionArn\":\"arn:x\",\"startDate\":1}";
    }

    private String ended = Samples.ended("good-1", "SUCCEEDED", "");

    @Test
    void shouldSubmitAtItsTimeFollowToTheEndAndBeContentWhenAllEndedAsExpected() {
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("demo", "--examples", ".")).as(shell.err()).isZero();

        assertThat(shell.out()).contains("bad                      REFUSED",
                "good                     SUCCEEDED on geneva",
                "All 2 jobs ended as their examples say.", "geneva     cpu    |", "was refused before anything was "
                        + "queued, with 1 faults: /run");
        assertThat(services.requests("AWSStepFunctions.StartExecution")).hasSize(1);
        assertThat(shell.elapsed()).isGreaterThanOrEqualTo(java.time.Duration.ofSeconds(2));
    }

    @Test
    void shouldEndWithOneAndNameTheJobThatDidNotEndAsExpected() {
        ended = Samples.ended("good-1", "FAILED", "");
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("demo", "--examples", ".")).isEqualTo(1);

        assertThat(shell.out()).contains("NO: expected SUCCEEDED, found FAILED",
                "Not as the examples say:\n  good: expected SUCCEEDED, found FAILED");
    }

    @Test
    void shouldGiveUpAtItsLimitAndSayWhatDidNotEnd() {
        ended = Samples.line("good-1", "good", "t", "RUNNING", ",\"attemptsMade\":1");
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("demo", "--examples", ".", "--limit", "30")).isEqualTo(1);

        assertThat(shell.elapsed()).hasSeconds(30);
        assertThat(shell.out()).contains("good: expected SUCCEEDED, found submitted");
    }

    @Test
    void shouldTellProgramsTheSameInOneDocument() {
        Shell shell = Shell.at(services, directory);

        assertThat(shell.run("demo", "--examples", ".", "--json")).isZero();

        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.path("version").intValue()).isEqualTo(1);
        assertThat(document.path("asExpected").booleanValue()).isTrue();
        assertThat(document.path("jobs").path(1).path("runSeconds").doubleValue()).isEqualTo(4.0);
    }
}

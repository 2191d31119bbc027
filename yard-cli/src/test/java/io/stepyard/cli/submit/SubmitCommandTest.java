package io.stepyard.cli.submit;

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

class SubmitCommandTest {

    private static final String START = "AWSStepFunctions.StartExecution";
    private static final String DESCRIBE = "AWSStepFunctions.DescribeExecution";
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:";

    @TempDir
    Path directory = Path.of("");

    private final FakeServices services = services();
    private Shell shell = Shell.at(services, directory);

    private static FakeServices services() {
        try {
            return new FakeServices();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        shell = Shell.at(services, directory);
        Files.createDirectories(directory.resolve("jobs"));
        write("jobs/pi.json", "{\"schemaVersion\":1,\"name\":\"pi day\",\"cpu\":1.5,\"memory\":\"1GiB\","
                + "\"run\":{\"kind\":\"command\",\"command\":[\"sh\",\"pi.sh\"],\"workingDirectory\":\"../scripts\"}}");
        write("jobs/bad.json",
                "{\"schemaVersion\":1,\"name\":\"bad\",\"cpu\":0,\"memory\":\"lots\",\"run\":{\"kind\":\"command\"}}");
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void shouldStartOneExecutionWithTheJobsIdAsItsName() {
        services.startsExecutions();

        assertThat(shell.run("submit", "jobs/pi.json")).isZero();

        JsonNode request = services.requests(START).getFirst().json();
        String name = request.path("name").stringValue();
        assertThat(name).matches("pi-day-20261121-101500-[a-z2-9]{4}");
        assertThat(request.path("stateMachineArn").stringValue())
                .isEqualTo("arn:aws:states:us-east-1:123456789012:stateMachine:stepyard-job-manager");
        assertThat(shell.out()).contains("Submitted " + name + "  (jobs/pi.json)", "yard show " + name);
    }

    @Test
    void shouldMakeAWorkingDirectoryAbsoluteFromTheJobFilesOwnPlaceAndLeaveTheRestAsItIs() {
        services.startsExecutions();

        shell.run("submit", "jobs/pi.json");

        JsonNode job = JsonMapper.shared()
                .readTree(services.requests(START).getFirst().json().path("input").stringValue());
        assertThat(job.path("run").path("workingDirectory").stringValue())
                .isEqualTo(directory.toAbsolutePath().resolve("scripts").toString());
        assertThat(job.path("cpu").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(job.path("name").stringValue()).isEqualTo("pi day");
    }

    @Test
    void shouldStartNothingWhenOneOfTheFilesIsInvalidAndTellEveryFaultOfIt() {
        services.startsExecutions();

        assertThat(shell.run("submit", "jobs/pi.json", "jobs/bad.json")).isEqualTo(3);

        assertThat(services.requests(START)).isEmpty();
        assertThat(shell.err()).contains("jobs/bad.json is no valid job, 3 fault(s)", "/cpu: found 0",
                "/memory: found \"lots\"", "/run/command: found nothing");
    }

    @Test
    void shouldTellWhereTextStopsToBeJson() throws IOException {
        write("broken.json", "{\"schemaVersion\":1,\n \"name\" \"x\"}");

        assertThat(shell.run("submit", "broken.json")).isEqualTo(3);

        assertThat(shell.err()).contains("broken.json", "line 2");
    }

    @Test
    void shouldRefuseAMissingFileAndOneNameForSeveralJobs() {
        assertThat(shell.run("submit", "nowhere.json")).isEqualTo(2);
        assertThat(shell.run("submit", "jobs/pi.json", "jobs/pi.json", "--name", "one")).isEqualTo(2);
        assertThat(shell.run("submit", "jobs/pi.json", "--name", "a b")).isEqualTo(2);
        assertThat(shell.run("submit", "jobs/pi.json", "--timeout", "1m")).isEqualTo(2);
        assertThat(shell.run("submit", "jobs/pi.json", "--wait", "--timeout", "soon")).isEqualTo(2);

        assertThat(shell.err().lines()).hasSize(5);
        assertThat(shell.err()).contains("nowhere.json", "one id is one job", "found 'a b'", "--wait", "found 'soon'");
    }

    @Test
    void shouldWaitForTheEndAndReturnOneWhenTheJobFailed() {
        services.startsExecutions();
        services.answer("GET /v1/jobs/j-1", 404, "{\"status\":404,\"detail\":\"not yet\"}");
        services.answer(DESCRIBE, 200, "{\"executionArn\":\"" + ARN + "j-1\",\"status\":\"RUNNING\"}");
        services.answer("GET /v1/jobs/j-1", 200, Samples.line("j-1", "j", "t", "QUEUED", ""));
        services.answer("GET /v1/jobs/j-1", 200, Samples.ended("j-1", "FAILED",
                """
                        ,"failure":{"failureClass":"USER_ERROR","code":"EXIT_3","message":"Exit code 3","errorOutput":"no such table"}"""));

        assertThat(shell.run("submit", "jobs/pi.json", "--name", "j-1", "--wait")).isEqualTo(1);

        assertThat(shell.err()).contains("j-1  QUEUED");
        assertThat(shell.out()).contains("j-1  FAILED on geneva after 4.0 s", "USER_ERROR:EXIT_3 - Exit code 3",
                "| no such table");
    }

    @Test
    void shouldGiveUpWaitingAtTheTimeoutAndSayThatTheJobGoesOn() {
        services.startsExecutions();
        services.answer("GET /v1/jobs/j-1", 200, Samples.line("j-1", "j", "t", "RUNNING", ",\"attemptsMade\":1"));

        assertThat(shell.run("submit", "jobs/pi.json", "--name", "j-1", "--wait", "--timeout", "30s")).isEqualTo(5);

        assertThat(shell.elapsed()).hasSeconds(30);
        assertThat(shell.out()).contains("RUNNING", "it goes on");
    }

    @Test
    void shouldReportAJobThatTheQueueDidNotTakeAsRefused() {
        services.startsExecutions();
        services.answer(DESCRIBE, 200, "{\"executionArn\":\"" + ARN + "j-1\",\"status\":\"FAILED\",\"error\":"
                + "\"JobRejected\",\"cause\":\"larger than every cluster\"}");

        assertThat(shell.run("submit", "jobs/pi.json", "--name", "j-1", "--wait")).isEqualTo(3);

        assertThat(shell.out()).contains("j-1  REFUSED", "larger than every cluster");
    }

    @Test
    void shouldGoOnWaitingWhileTheJobApiIsSilentAndAskTheExecutionInstead() {
        services.startsExecutions();
        services.answer(DESCRIBE, 200, "{\"executionArn\":\"" + ARN + "j-1\",\"status\":\"RUNNING\"}");
        services.answer(DESCRIBE, 200, "{\"executionArn\":\"" + ARN + "j-1\",\"status\":\"SUCCEEDED\"}");

        assertThat(shell.with("STEPYARD_API", "http://127.0.0.1:1").run("submit", "jobs/pi.json", "--name", "j-1",
                "--wait")).isZero();

        assertThat(shell.out()).contains("j-1  SUCCEEDED");
    }

    @Test
    void shouldCallANameThatWasUsedBeforeRefused() {
        services.answer(START, 400, "{\"__type\":\"ExecutionAlreadyExists\",\"message\":\"Execution Already Exists\"}");

        assertThat(shell.run("submit", "jobs/pi.json", "--name", "j-1")).isEqualTo(3);

        assertThat(shell.err().lines()).hasSize(1);
        assertThat(shell.err()).contains("'j-1' exists already", "yard show j-1");
    }

    @Test
    void shouldFindTheStateMachineByItsNameThroughTheList() {
        services.startsExecutions();
        services.answer("AWSStepFunctions.ListStateMachines", 200, """
                {"stateMachines":[{"stateMachineArn":"arn:other","name":"other","type":"STANDARD","creationDate":1},
                {"stateMachineArn":"arn:mine","name":"mine","type":"STANDARD","creationDate":1}]}""");

        assertThat(shell.run("submit", "jobs/pi.json", "--state-machine", "mine")).isZero();
        assertThat(shell.run("submit", "jobs/pi.json", "--state-machine", "nobody")).isEqualTo(4);

        assertThat(services.requests(START)).singleElement()
                .satisfies(request -> assertThat(request.json().path("stateMachineArn").stringValue())
                        .isEqualTo("arn:mine"));
        assertThat(shell.err()).contains("no state machine named nobody");
    }

    @Test
    void shouldSayWhereItLookedWhenStepFunctionsDoesNotAnswer() {
        assertThat(shell.with("STEPYARD_ENDPOINT", "http://127.0.0.1:1").run("submit", "jobs/pi.json")).isEqualTo(6);

        assertThat(shell.err().lines()).hasSize(1);
        assertThat(shell.err()).contains("http://127.0.0.1:1", "yard local", "STEPYARD_ENDPOINT");
    }

    @Test
    void shouldQueueNothingWhenItOnlyTests() {
        services.answer("POST /v1/jobs/test", 200, """
                {"valid":true,"faults":[],"fits":[{"cluster":"zurich","fits":true},{"cluster":"geneva","fits":false,
                "reason":"has 1 core"}],"wouldStartNow":false,"cluster":null,"reasons":[{"cluster":"zurich",
                "code":"RESOURCES","category":"CAPACITY","text":"1 of 4 cores free"}]}""");

        assertThat(shell.run("submit", "--test-only", "jobs/pi.json")).isZero();
        assertThat(shell.run("submit", "--test-only", "jobs/bad.json")).isEqualTo(3);

        assertThat(services.requests(START)).isEmpty();
        assertThat(shell.out()).contains("jobs/pi.json  would wait", "zurich: CAPACITY:RESOURCES - 1 of 4 cores free",
                "never on geneva: has 1 core", "jobs/bad.json  would be refused", "/cpu: found 0");
    }

    @Test
    void shouldSayEachReasonOfATestOnce() {
        services.answer("POST /v1/jobs/test", 200,
                """
                        {"valid":true,"faults":[],"fits":[{"cluster":"zurich","fits":false,"reason":"it has 4 cores, 8 GiB in all"}],
                        "wouldStartNow":false,"cluster":null,"reasons":[{"cluster":"zurich","code":"TOO_LARGE",
                        "category":"CAPACITY","text":"it has 4 cores, 8 GiB in all"}]}""");

        assertThat(shell.run("submit", "--test-only", "jobs/pi.json")).isEqualTo(3);

        assertThat(shell.out()).containsOnlyOnce("it has 4 cores, 8 GiB in all").contains("never on zurich");
    }

    @Test
    void shouldPrintOneVersionedDocumentForPrograms() {
        services.startsExecutions();
        services.answer("GET /v1/jobs/j-1", 200, Samples.ended("j-1", "SUCCEEDED", ""));

        assertThat(shell.run("submit", "jobs/pi.json", "--name", "j-1", "--wait", "--json")).isZero();

        JsonNode document = JsonMapper.shared().readTree(shell.out());
        assertThat(document.path("version").intValue()).isEqualTo(1);
        JsonNode job = document.path("jobs").path(0);
        assertThat(job.path("executionArn").stringValue()).isEqualTo(ARN + "j-1");
        assertThat(job.path("outcome").path("state").stringValue()).isEqualTo("SUCCEEDED");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}

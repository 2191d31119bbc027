package io.stepyard.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A4, A5, A15-A17, A39: what the shipped state machine promises can be read off its definition. */
class JobManagerDefinitionTest {

    private static final String VALIDATOR = "asl-validator@4.0.0";
    private static final Map<String, String> VALUES = JobManagerSettings.DEFAULT.values("queue-request",
            "cluster-adapter");

    private final JsonNode definition = JsonMapper.shared().readTree(JobManagerDefinition.bind(VALUES));

    @Test
    void shouldKeepEveryRuleOfTheLint() {
        assertThat(AslLint.faults(definition)).isEmpty();
    }

    @Test
    void shouldShowTheStatesOfTheJobPollerAndTheQueueRequest() {
        assertThat(definition.path("States").propertyNames()).contains("JobQueueRequest", "StartJobRun", "GetJobStatus",
                "Wait");
        assertThat(definition.path("StartAt").asString()).isEqualTo("JobQueueRequest");
        assertThat(definition.at("/States/JobQueueRequest/Resource").asString())
                .endsWith("lambda:invoke.waitForTaskToken");
        assertThat(definition.at("/States/Wait/Next").asString()).isEqualTo("GetJobStatus");
    }

    @Test
    void shouldFailWithTheErrorAndTheCauseOfTheJob() {
        assertThat(definition.at("/States/JobFailed/ErrorPath").asString()).isEqualTo("$.Error");
        assertThat(definition.at("/States/JobFailed/CausePath").asString()).isEqualTo("$.Cause");
    }

    @Test
    void shouldLeaveNoNumberToTheFileThatAUserWouldWantToSet() {
        JsonNode template = JsonMapper.shared()
                .readTree(JobManagerDefinition.template().replaceAll(": \\$\\{[A-Za-z]+}", ": \"set\""));

        assertThat(template.findValues("TimeoutSeconds")).allMatch(JsonNode::isString);
        assertThat(template.findValues("IntervalSeconds")).isNotEmpty().allMatch(JsonNode::isString);
        assertThat(template.findValues("MaxAttempts")).allMatch(JsonNode::isString);
        assertThat(template.findValues("Seconds")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TimeoutSeconds", "Retry", "Catch"})
    void shouldFindATaskThatLacksOne(String field) {
        ObjectNode broken = definition.deepCopy().asObject();
        ((ObjectNode) broken.at("/States/GetJobStatus")).remove(field);

        assertThat(AslLint.faults(broken)).anyMatch(fault -> fault.startsWith("GetJobStatus "));
    }

    @Test
    void shouldFindAStateThatIsNeverReachedAndATargetThatIsNotThere() {
        ObjectNode broken = definition.deepCopy().asObject();
        ((ObjectNode) broken.at("/States/RetryBackoff")).put("Next", "Nowhere");
        ((ObjectNode) broken.path("States")).putObject("Island").put("Type", "Succeed");

        assertThat(AslLint.faults(broken)).contains("Island is never reached",
                "RetryBackoff leads to Nowhere, which is not there");
    }

    @Test
    void shouldRefuseUnboundAndUnknownValues() {
        Map<String, String> missing = new HashMap<>(VALUES);
        missing.remove("TaskTimeoutSeconds");
        Map<String, String> surplus = new HashMap<>(VALUES);
        surplus.put("Colour", "red");

        assertThatThrownBy(() -> JobManagerDefinition.bind(missing)).hasMessageContaining("TaskTimeoutSeconds");
        assertThatThrownBy(() -> JobManagerDefinition.bind(surplus)).hasMessageContaining("Colour");
    }

    @Test
    void shouldPassTheValidatorOfTheNodeCommunity() throws IOException, InterruptedException {
        Path place = Files.createDirectories(Path.of("target", "asl-validator").toAbsolutePath());
        boolean node = onPath("node") && onPath("npm");
        assumeTrue(node, () -> said("node and npm are not on PATH, so " + VALIDATOR + " was not run"));
        if (!Files.exists(place.resolve("node_modules"))) {
            int installed = run(place, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix",
                    place.toString(), VALIDATOR);
            assumeTrue(installed == 0, () -> said(VALIDATOR + " could not be installed, so it was not run"));
        }
        Path bound = Files.writeString(place.resolve("job-manager.json"), JobManagerDefinition.bind(VALUES));

        int verdict = run(place, place.resolve("node_modules/.bin/asl-validator").toString(), "--json-path",
                bound.toString());
        assertThat(verdict).as(Files.readString(place.resolve("output.txt"))).isZero();
    }

    /** Printed as well, since a reason inside of a report is a silent skip. */
    private static String said(String reason) {
        System.getLogger(JobManagerDefinitionTest.class.getName()).log(System.Logger.Level.WARNING,
                "Skipped: " + reason);
        return reason;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static int run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("Expected an end within 2 minutes of " + Arrays.toString(command));
        }
        return process.exitValue();
    }
}

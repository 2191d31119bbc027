package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits. Source: "Step Functions service quotas" of the AWS developer guide and the API reference. */
class LimitsTest {
    private static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    private final EngineFixture fixture = new EngineFixture();

    private String machine() {
        return fixture.engine.createStateMachine("m", PASS, EngineFixture.ROLE).stateMachineArn();
    }

    @Test
    void shouldTakeInputOfUpToTheLimitCountedInBytes() {
        String machine = machine();
        String largest = "\"" + "ü".repeat(131_071) + "\"";

        assertThat(fixture.engine.startExecution(machine, "fits", largest).name()).isEqualTo("fits");
        assertThat(
                Refusals.of(() -> fixture.engine.startExecution(machine, "over", "\"x" + "ü".repeat(131_071) + "\"")))
                .contains("InvalidExecutionInput");
    }

    @Test
    void shouldTakeNamesOfUpToEightyCharacters() {
        String machine = machine();

        assertThat(fixture.engine.startExecution(machine, "n".repeat(80), "{}").name()).hasSize(80);
        assertThat(Refusals.of(() -> fixture.engine.startExecution(machine, "n".repeat(81), "{}")))
                .contains("InvalidName");
        assertThat(Refusals.of(() -> fixture.engine.createStateMachine("n".repeat(81), PASS, EngineFixture.ROLE)))
                .contains("InvalidName");
    }

    @Test
    void shouldFailAStateWhoseResultIsTooLargeAndLetStatesAllCatchIt() {
        fixture.functions.register("large", (payload, context) -> Json.nodes().stringNode("x".repeat(262_143)));
        String definition = """
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:large",
                %s"End":true}%s}}""";

        assertThat(fixture.run(definition.formatted("", ""), "{}").asString())
                .isEqualTo("FAILED States.DataLimitExceeded");
        assertThat(fixture.run(definition.formatted(
                "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],",
                ",\"C\":{\"Type\":\"Pass\",\"OutputPath\":\"$.Error\",\"End\":true}"), "{}").asString())
                .isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void shouldFailAPassStateWhoseOutputIsTooLarge() {
        assertThat(fixture.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},"End":true}}}""",
                "\"" + "x".repeat(140_000) + "\"").asString()).isEqualTo("FAILED States.DataLimitExceeded");
    }

    @Test
    void shouldEndAtTwentyFiveThousandEvents() {
        String arn = fixture.start("""
                {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}}}""", "{}");
        fixture.time.run();

        List<String> types = fixture.types(arn);
        assertThat(types).hasSize(25_000).endsWith("ExecutionFailed");
        assertThat(fixture.engine.describeExecution(arn).error()).isEqualTo("States.Runtime");
    }

    @Test
    void shouldCutErrorAndCauseToWhatAnEventMayHold() {
        String arn = fixture.start("""
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}}""", "{}");
        fixture.engine.stopExecution(arn, "e".repeat(300), "c".repeat(40_000));

        assertThat(fixture.engine.describeExecution(arn).error()).hasSize(256);
        assertThat(fixture.engine.describeExecution(arn).cause()).hasSize(32_768);
    }

    @Test
    void shouldEndAnExecutionThatTakesTooLongWhateverItsStatesCatch() {
        String arn = fixture.start(
                """
                        {"TimeoutSeconds":5,"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":100,"End":true}}},
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                        "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"End":true}}}],
                        "Retry":[{"ErrorEquals":["States.ALL"]}],
                        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}}""",
                "{}");
        fixture.time.advance(Duration.ofSeconds(4));
        assertThat(fixture.engine.describeExecution(arn).summary().status()).isEqualTo(ExecutionStatus.RUNNING);
        fixture.time.advance(Duration.ofSeconds(1));

        ExecutionDescription ended = fixture.engine.describeExecution(arn);
        assertThat(ended.summary().status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(ended.summary().stopDate()).isEqualTo(EngineFixture.START.plusSeconds(5));
        assertThat(fixture.types(arn)).endsWith("ExecutionTimedOut");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(fixture.tokens.getLast(), "1")))
                .contains("TaskTimedOut");
    }

    @ParameterizedTest
    @CsvSource({"a b", "a<b", "a{b", "a[b", "a?b", "a*b", "'a\"b'", "a#b", "a%b", "a\\b", "a^b", "a|b", "a~b", "a`b",
            "a$b",
            "a&b", "'a,b'", "a;b", "a:b", "a/b"})
    void shouldRefuseNamesWithCharactersThatAwsForbids(String name) {
        assertThat(Refusals.of(() -> fixture.engine.createStateMachine(name, PASS, EngineFixture.ROLE)))
                .contains("InvalidName");
        assertThat(Refusals.of(() -> fixture.engine.startExecution(machine(), name, "{}"))).contains("InvalidName");
    }
}

package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redrive, which no recording covers. Source: AWS, "Restarting state machine executions with redrive" and "Redriving Map
 * Runs" of the developer guide, and RedriveExecution of the API reference.
 */
class RedriveTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:";

    private final EngineFixture fixture = new EngineFixture();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();

    @BeforeEach
    void registerBreakable() {
        fixture.functions.register("breakable", (payload, context) -> {
            calls.add(payload.asString());
            if (broken.contains(payload.asString())) {
                throw new FunctionException("Broken", "it is " + payload.asString());
            }
            return payload;
        });
    }

    /** A Map over a function, with fields of its own and of its processor. */
    private static String map(String fields, String processor) {
        return """
                {"StartAt":"M","States":{"M":{"Type":"Map",%s"ItemProcessor":{%s"StartAt":"T","States":{"T":{"Type":"Task",
                "Resource":"%sbreakable","End":true}}},"End":true}}}"""
                .formatted(fields, processor, FUNCTION);
    }

    @Test
    void shouldRunOnlyTheBranchOfAParallelStateThatFailed() {
        broken.add("b");
        String arn = fixture.start("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"%1$sbreakable","InputPath":"$.a","End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"%1$sbreakable","InputPath":"$.b","End":true}}}],
                "ResultPath":"$.r","End":true}}}""".formatted(FUNCTION), "{\"a\":\"a\",\"b\":\"b\"}");
        fixture.time.run();
        assertThat(fixture.types(arn)).endsWith("ParallelStateFailed", "ExecutionFailed");
        broken.clear();

        fixture.engine.redriveExecution(arn);
        fixture.time.run();

        assertThat(fixture.output(arn).path("r").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(calls).containsExactly("a", "b", "b");
        assertThat(fixture.isGapless(arn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRunOnlyTheIterationsOfAMapThatDidNotSucceed(boolean withCrashes) {
        broken.add("c");
        String arn = fixture.start(map("\"MaxConcurrency\":1,", ""), "[\"a\",\"b\",\"c\",\"d\"]");
        fixture.time.run();
        assertThat(calls).containsExactly("a", "b", "c");
        broken.clear();
        if (withCrashes) {
            fixture.crash();
        }

        fixture.engine.redriveExecution(arn);
        if (withCrashes) {
            fixture.crash();
        }
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("[\"a\",\"b\",\"c\",\"d\"]");
        assertThat(calls.subList(0, 3)).containsExactly("a", "b", "c");
        assertThat(new ArrayList<>(calls.subList(3, calls.size()))).containsOnly("c", "d");
        assertThat(fixture.isGapless(arn)).isTrue();
    }

    @Test
    void shouldKeepOuterAndInnerBranchesThatWereCompleted() {
        broken.add("y");
        String arn = fixture
                .start("""
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                        {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"%1$sbreakable","InputPath":"$.a","End":true}}},
                        {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.list","MaxConcurrency":1,"ItemProcessor":{"StartAt":"T","States":{
                        "T":{"Type":"Task","Resource":"%1$sbreakable","End":true}}},"End":true}}}],"End":true}}}"""
                        .formatted(FUNCTION), "{\"a\":\"a\",\"list\":[\"x\",\"y\",\"z\"]}");
        fixture.time.run();
        broken.clear();
        broken.add("z");
        fixture.engine.redriveExecution(arn);
        fixture.time.run();
        broken.clear();

        fixture.engine.redriveExecution(arn);
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("[\"a\",[\"x\",\"y\",\"z\"]]");
        assertThat(calls).containsExactly("a", "x", "y", "y", "z", "z");
        assertThat(fixture.engine.describeExecution(arn).redriveCount()).isEqualTo(2);
    }

    @Test
    void shouldRunOnlyTheChildrenOfAMapRunThatDidNotSucceed() {
        broken.add("b");
        String arn = fixture.start(
                map("", "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"),
                "[\"a\",\"b\",\"c\"]");
        fixture.time.run();
        MapRunDescription failed = fixture.engine.mapRuns().list(arn).getFirst();
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        broken.clear();
        calls.clear();

        fixture.engine.redriveExecution(arn);
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(calls).contains("b").doesNotHaveDuplicates();
        MapRunDescription run = fixture.engine.mapRuns().describe(failed.mapRunArn());
        assertThat(run.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.redriveCount()).isEqualTo(1);
        HistoryEvent redriven = fixture.engine.history(arn).stream()
                .filter(event -> event.type().awsName().equals("MapRunRedriven")).findFirst().orElseThrow();
        assertThat(redriven.details().text(Detail.MAP_RUN_ARN)).isEqualTo(failed.mapRunArn());
        assertThat(redriven.details().number(Detail.REDRIVE_COUNT)).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithAMapRunOfAnExecutionThatWasStopped() {
        String arn = fixture.start(
                """
                        {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                        "StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$","End":true}}},"End":true}}}""",
                "[1,100]");
        fixture.time.advance(Duration.ofSeconds(5));
        fixture.engine.stopExecution(arn, "Stopped", "by hand");
        fixture.time.settle();
        MapRunDescription aborted = fixture.engine.mapRuns().list(arn).getFirst();
        assertThat(aborted.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(aborted.executions().succeeded()).isEqualTo(1);
        assertThat(aborted.executions().aborted()).isEqualTo(1);

        fixture.engine.redriveExecution(arn);
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("[1,100]");
    }

    @Test
    void shouldTellHowOftenAnExecutionWasRedrivenAlsoAfterARestart() {
        broken.add("a");
        String arn = fixture.start("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"%sbreakable","End":true}}}"""
                .formatted(FUNCTION), "\"a\"");
        fixture.time.run();
        fixture.engine.redriveExecution(arn);
        fixture.time.run();
        fixture.crash();
        fixture.engine.redriveExecution(arn);
        fixture.time.run();
        fixture.crash();

        ExecutionDescription described = fixture.engine.describeExecution(arn);
        assertThat(described.redriveCount()).isEqualTo(2);
        assertThat(described.redriveDate()).isEqualTo(fixture.time.instant());
        assertThat(described.error()).isEqualTo("Broken");
    }

    @Test
    void shouldRefuseWhatCannotBeRedriven() {
        String machine = fixture.engine.createStateMachine("w", """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"Next":"F"},"F":{"Type":"Fail"}}}""",
                EngineFixture.ROLE).stateMachineArn();
        String arn = fixture.engine.startExecution(machine, "running", "{}").executionArn();
        assertThatThrownBy(() -> fixture.engine.redriveExecution(arn))
                .hasMessageContaining("Execution is RUNNING and cannot be redriven");
        fixture.time.advance(Duration.ofDays(15));
        assertThatThrownBy(() -> fixture.engine.redriveExecution(arn)).hasMessageContaining("redrivable period");
        assertThatThrownBy(() -> fixture.engine.redriveExecution(arn + "x")).hasMessageContaining("Does Not Exist");
    }
}

package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.history.Detail;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs of distributed Maps. Source: ListMapRuns, DescribeMapRun, ListExecutions and MapRunListItem of the AWS API reference;
 * "Map state processing modes" of the developer guide.
 */
class MapRunTest {
    private final EngineFixture fixture = new EngineFixture();

    private static String waiting(String more) {
        return """
                {"StartAt":"M","States":{"M":{"Type":"Map",%s"Label":"Lab","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}},"End":true}}}"""
                .formatted(more);
    }

    @Test
    void shouldDescribeARunWhileItGoesOnAndWhenItIsOver() {
        String arn = fixture.start(waiting("\"MaxConcurrency\":2,\"ToleratedFailureCount\":1,"), "[1,2,3,4,5]");
        fixture.time.advance(Duration.ofSeconds(15));

        MapRunDescription run = fixture.engine.mapRuns().list(arn).getFirst();
        assertThat(run.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(run.executionArn()).isEqualTo(arn);
        assertThat(run.stateMachineArn()).endsWith(":stateMachine:m0/Lab");
        assertThat(run.mapRunArn()).contains(":mapRun:m0/Lab:");
        assertThat(run.maxConcurrency()).isEqualTo(2);
        assertThat(run.toleratedFailureCount()).isEqualTo(1);
        assertThat(run.stopDate()).isNull();
        assertThat(run.executions()).isEqualTo(new MapRunDescription.Counts(1, 2, 2, 0, 0, 0, 0));

        fixture.time.run();
        fixture.crash();

        MapRunDescription over = fixture.engine.mapRuns().describe(run.mapRunArn());
        assertThat(over.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(over.executions().succeeded()).isEqualTo(5);
        assertThat(over.items().total()).isEqualTo(5);
        assertThat(over.stopDate()).isEqualTo(EngineFixture.START.plusSeconds(30));
    }

    @Test
    void shouldCountTheItemsOfBatches() {
        String arn = fixture.start(waiting("\"ItemBatcher\":{\"MaxItemsPerBatch\":2},"), "[1,2,3,4,5]");
        fixture.time.run();

        MapRunDescription run = fixture.engine.mapRuns().list(arn).getFirst();

        assertThat(run.executions().total()).isEqualTo(3);
        assertThat(run.items().succeeded()).isEqualTo(5);
    }

    @Test
    void shouldListAndDescribeChildrenByTheirOwnArns() {
        String arn = fixture.start(waiting(""), "[1,2,3]");
        fixture.time.run();
        MapRunDescription run = fixture.engine.mapRuns().list(arn).getFirst();

        Page<ExecutionSummary> page = fixture.engine.listExecutionsOfMapRun(run.mapRunArn(), null, 2, null);
        Page<ExecutionSummary> rest = fixture.engine.listExecutionsOfMapRun(run.mapRunArn(), null, 2, page.nextToken());

        assertThat(page.items()).hasSize(2);
        assertThat(rest.items()).hasSize(1);
        String child = rest.items().getFirst().executionArn();
        assertThat(child).contains(":execution:m0/Lab:");
        assertThat(fixture.engine.describeExecution(child).output()).isEqualTo("1");
        assertThat(fixture.engine.describeExecution(child).mapRunArn()).isEqualTo(run.mapRunArn());
        assertThat(fixture.engine.history(child)).isNotEmpty();
        assertThat(fixture.engine.listExecutions(
                "arn:aws:states:us-east-1:000000000000:stateMachine:m0", null, 10, null).items()).hasSize(1);
    }

    @Test
    void shouldRefuseRunsThatAreNone() {
        assertThatThrownBy(() -> fixture.engine.mapRuns()
                .describe("arn:aws:states:us-east-1:000000000000:mapRun:m0/Lab:1f2a")).isInstanceOf(
                        StepFunctionsException.class)
                .hasMessageContaining("Map Run");
        assertThatThrownBy(() -> fixture.engine.mapRuns().describe("nonsense"))
                .hasMessageContaining("Invalid ARN prefix");
    }

    @Test
    void shouldFailARunWhenMoreFailThanItBears() {
        fixture.functions.register("fails", (payload, context) -> {
            throw new FunctionException("E", "no");
        });
        String arn = fixture.start(
                """
                        {"StartAt":"M","States":{"M":{"Type":"Map","ToleratedFailurePercentage":50,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED",
                        "ExecutionType":"STANDARD"},"StartAt":"C","States":{
                        "C":{"Type":"Choice","Choices":[{"Variable":"$","BooleanEquals":true,"Next":"P"}],"Default":"T"},"P":{"Type":"Pass","End":true},
                        "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fails","End":true}}},
                        "Catch":[{"ErrorEquals":["States.ExceedToleratedFailureThreshold"],"Next":"Caught"}],"End":true},
                        "Caught":{"Type":"Pass","Result":"caught","End":true}}}""",
                "[true,false,false]");
        fixture.time.run();

        assertThat(fixture.output(arn).asString()).isEqualTo("caught");
        assertThat(fixture.types(arn)).containsSubsequence("MapRunStarted", "MapRunFailed", "MapStateFailed",
                "MapStateExited");
    }

    @Test
    void shouldRunOverTheFieldsOfAnObject() {
        String arn = fixture.start(
                """
                        {"StartAt":"M","States":{"M":{"Type":"Map","ItemSelector":{"k.$":"$$.Map.Item.Key","v.$":"$$.Map.Item.Value"},
                        "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
                        "End":true}}}""",
                "{\"a\":1,\"b\":2}");
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":2}]");
    }

    @Test
    void shouldNameTheVersionAndAliasThatStartedAnExecution() {
        String machine = fixture.engine.createStateMachine("v", """
                {"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""", EngineFixture.ROLE).stateMachineArn();
        String version = fixture.engine.versions().publish(machine, null, null).stateMachineVersionArn();
        fixture.engine.versions().createAlias("live", null, Map.of(version, 100));

        String byAlias = fixture.engine.startExecution(machine + ":live", "one", "{}").executionArn();
        String byVersion = fixture.engine.startExecution(version, "two", "{}").executionArn();
        String plain = fixture.engine.startExecution(machine, "three", "{}").executionArn();
        fixture.crash();

        assertThat(fixture.engine.describeExecution(byAlias).aliasArn()).isEqualTo(machine + ":live");
        assertThat(fixture.engine.describeExecution(byAlias).versionArn()).isEqualTo(version);
        assertThat(fixture.engine.describeExecution(byVersion).aliasArn()).isNull();
        assertThat(fixture.engine.describeExecution(plain).versionArn()).isNull();
        assertThat(fixture.engine.history(byAlias).getFirst().details().text(Detail.STATE_MACHINE_ALIAS_ARN))
                .isEqualTo(machine + ":live");
        assertThat(fixture.engine.listExecutions(version, null, 10, null).items()).hasSize(2);
        assertThat(fixture.engine.listExecutions(machine + ":live", null, 10, null).items()).hasSize(1);
    }
}

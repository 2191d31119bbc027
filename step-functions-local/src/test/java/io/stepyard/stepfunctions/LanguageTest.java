package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parallel, Map, JSONata, variables, error names: what the recordings of AWS do not cover, or not alone. */
class LanguageTest {
    private final EngineFixture fixture = new EngineFixture();

    @Test
    void shouldKeepVariablesOfABranchInsideIt() {
        assertThat(fixture
                .run("""
                        {"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"P"},
                        "P":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Assign":{"x":2,"y":3},"Next":"C"},
                        "C":{"Type":"Pass","Parameters":{"x.$":"$x"},"End":true}}}],"Next":"D"},
                        "D":{"Type":"Pass","Parameters":{"x.$":"$x","in.$":"$[0].x"},"End":true}}}""",
                        "{}")
                .toString())
                .isEqualTo("{\"x\":1,\"in\":2}");
    }

    @Test
    void shouldRunNoMoreIterationsAtOnceThanMaxConcurrencyAllows() {
        List<Integer> running = new ArrayList<>();
        int[] now = new int[1];
        fixture.functions.register("count", (payload, context) -> {
            running.add(++now[0]);
            fixture.time.schedule(fixture.time.instant().plusSeconds(1), () -> now[0]--);
            return payload;
        });

        fixture.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{"StartAt":"T","States":{
                "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:count","Next":"W"},
                "W":{"Type":"Wait","Seconds":2,"End":true}}},"End":true}}}""", "[1,2,3,4,5]");

        assertThat(running).hasSize(5).allMatch(count -> count <= 2);
    }

    @Test
    void shouldGiveUpAllBranchesWhenOneFails() {
        String arn = fixture.start("""
                {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1000,"End":true}}},
                {"StartAt":"V","States":{"V":{"Type":"Wait","Seconds":1,"Next":"F"},"F":{"Type":"Fail","Error":"E"}}}],
                "Catch":[{"ErrorEquals":["E"],"Next":"C"}],"End":true},"C":{"Type":"Pass","End":true}}}""", "{}");
        fixture.time.run();

        assertThat(fixture.time.instant()).isEqualTo(EngineFixture.START.plusSeconds(1));
        assertThat(fixture.types(arn)).contains("WaitStateAborted", "ParallelStateFailed", "ParallelStateExited");
    }

    @Test
    void shouldNotTakeATimeOutForAFailedTask() {
        fixture.functions.register("late", (payload, context) -> payload);
        assertThat(fixture
                .run("""
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                        "Parameters":{"FunctionName":"late","Payload":{"t.$":"$$.Task.Token"}},"TimeoutSeconds":5,
                        "Catch":[{"ErrorEquals":["States.TaskFailed"],"Next":"Wrong"},{"ErrorEquals":["States.Timeout"],"Next":"Right"}],"End":true},
                        "Wrong":{"Type":"Pass","Result":"wrong","End":true},"Right":{"Type":"Pass","Result":"right","End":true}}}""",
                        "{}")
                .asString()).isEqualTo("right");
    }

    @Test
    void shouldCountRetriesInTheContextObject() {
        List<Integer> counts = new ArrayList<>();
        fixture.functions.register("flaky", (payload, context) -> {
            counts.add(payload.path("n").asInt());
            throw new FunctionException("E", "again");
        });
        fixture.run(
                """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:flaky",
                        "Parameters":{"n.$":"$$.State.RetryCount"},"Retry":[{"ErrorEquals":["E"],"MaxAttempts":2}],"End":true}}}""",
                "{}");
        assertThat(counts).containsExactly(0, 1, 2);
    }

    @Test
    void shouldRunADistributedMapInChildrenAndBearSomeFailures() {
        fixture.functions.register("odd", (payload, context) -> {
            if (payload.asInt() % 2 == 0) {
                throw new FunctionException("Even", "even");
            }
            return payload;
        });
        String definition = """
                {"StartAt":"M","States":{"M":{"Type":"Map","ToleratedFailureCount":%d,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:odd","End":true}}},"End":true}}}""";

        assertThat(fixture.run(definition.formatted(2), "[1,2,3,4,5]").toString()).isEqualTo("[1,3,5]");
        assertThat(fixture.run(definition.formatted(1), "[1,2,3,4,5]").asString())
                .isEqualTo("FAILED States.ExceedToleratedFailureThreshold");
    }

    @Test
    void shouldEvaluateJsonataWithTheEnginesOwnClock() {
        assertThat(fixture.run(
                """
                        {"QueryLanguage":"JSONata","StartAt":"P","States":{"P":{"Type":"Pass","Assign":{"a":"{% $states.input.n + 1 %}"},
                        "Output":{"now":"{% $now() %}","sum":"{% $sum($states.input.list) %}","parts":"{% $partition([1,2,3],2) %}"},"Next":"Q"},
                        "Q":{"Type":"Pass","Output":{"a":"{% $a %}","before":"{% $states.input %}"},"End":true}}}""",
                "{\"n\":1,\"list\":[1,2,3.5]}").toString()).isEqualTo(
                        "{\"a\":2,\"before\":{\"now\":\"2026-01-01T00:00:00.000Z\",\"sum\":6.5,\"parts\":[[1,2],[3]]}}");
    }

    @Test
    void shouldWaitForANestedExecutionAndReportItsFailure() {
        String child = fixture.engine.createStateMachine("child", """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"Next":"C"},
                "C":{"Type":"Choice","Choices":[{"Variable":"$.ok","BooleanEquals":true,"Next":"S"}],"Default":"F"},
                "S":{"Type":"Succeed"},"F":{"Type":"Fail","Error":"Child","Cause":"bad"}}}""", EngineFixture.ROLE)
                .stateMachineArn();
        String definition = """
                {"StartAt":"N","States":{"N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2",
                "Parameters":{"StateMachineArn":"%s","Input.$":"$"},"ResultSelector":{"status.$":"$.Status","output.$":"$.Output"},
                "Catch":[{"ErrorEquals":["States.TaskFailed"],"ResultPath":"$.e","Next":"C"}],"End":true},
                "C":{"Type":"Pass","Parameters":{"cause.$":"States.StringToJson($.e.Cause)"},"OutputPath":"$.cause.Error","End":true}}}"""
                .formatted(child);

        assertThat(fixture.run(definition, "{\"ok\":true}").toString())
                .isEqualTo("{\"status\":\"SUCCEEDED\",\"output\":{\"ok\":true}}");
        assertThat(fixture.run(definition, "{\"ok\":false}").asString()).isEqualTo("Child");
    }

    @Test
    void shouldHandTasksOfAnActivityToAWorker() {
        String activity = fixture.engine.activities().create("work").activityArn();
        String arn = fixture
                .start("""
                        {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"%s","TimeoutSeconds":100,"HeartbeatSeconds":10,"End":true}}}"""
                        .formatted(activity), "{\"n\":1}");
        ActivityTask task = fixture.engine.activities().getTask(activity, "w1", Duration.ZERO);
        assertThat(task).isNotNull();
        assertThat(task.input()).isEqualTo("{\"n\":1}");
        fixture.crash();
        assertThat(fixture.engine.activities().getTask(activity, "w2", Duration.ZERO)).isNull();
        fixture.engine.sendTaskSuccess(task.taskToken(), "{\"done\":true}");

        assertThat(fixture.output(arn).toString()).isEqualTo("{\"done\":true}");
    }

    @Test
    void shouldRefuseDefinitionsWithWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> fixture.engine.createStateMachine("x",
                """
                        {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::nothing:at.all","Next":"B"}}}""",
                EngineFixture.ROLE)).hasMessageContaining("Missing 'Next' target: B at /States/A/Next")
                .hasMessageContaining("is not recognized");
    }

    @Test
    void shouldKeepLargeNumbersOfItemsWithinTheEventLimit() {
        String arn = fixture.start(
                """
                        {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""",
                Json.text(Json.mapper().valueToTree(java.util.stream.IntStream.range(0, 7_000).boxed().toList())));
        fixture.time.run();

        assertThat(fixture.engine.history(arn)).hasSize(25_000);
        assertThat(fixture.engine.describeExecution(arn).error()).isEqualTo("States.Runtime");
    }
}

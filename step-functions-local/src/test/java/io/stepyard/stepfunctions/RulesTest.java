package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of the language one by one, each on its own, so that a fault in one is seen here and not only far away. */
class RulesTest {
    private final EngineFixture fixture = new EngineFixture();

    /** One task; the states C and D are there where something leads to them. */
    private static String task(String rest) {
        String caught = rest.contains("\"Next\":\"C\"")
                ? ",\"C\":{\"Type\":\"Pass\",\"Result\":\"caught\",\"End\":true}"
                : "";
        String done = rest.contains("\"Next\":\"D\"")
                ? ",\"D\":{\"Type\":\"Pass\",\"Result\":\"done\",\"End\":true}"
                : "";
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:000000000000:function:f\","
                + rest + "}" + caught + done + "}}";
    }

    private List<Long> callTimes(String definition, String... errors) {
        List<Long> times = new ArrayList<>();
        fixture.functions.register("f", (payload, context) -> {
            times.add(Duration.between(EngineFixture.START, fixture.time.instant()).toMillis());
            if (times.size() <= errors.length) {
                throw new FunctionException(errors[times.size() - 1], "");
            }
            return payload;
        });
        fixture.run(definition, "{}");
        return times;
    }

    @Test
    void shouldCountTheRetriesOfEachRetrierForItself() {
        assertThat(callTimes(
                task("""
                        "Retry":[{"ErrorEquals":["A"],"IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":2},
                        {"ErrorEquals":["B"],"IntervalSeconds":10,"MaxAttempts":1}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"C"}],"End":true"""),
                "A", "B", "A", "B")).containsExactly(0L, 1_000L, 11_000L, 13_000L);
    }

    @Test
    void shouldTakeTheFirstRetrierThatMatchesEvenWhenItHasNoRetriesLeft() {
        assertThat(callTimes(task("""
                "Retry":[{"ErrorEquals":["A"],"IntervalSeconds":1,"MaxAttempts":0},
                {"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":5}],"End":true"""), "A"))
                .containsExactly(0L);
    }

    @Test
    void shouldDrawTheDelayBetweenNothingAndItsBoundWhereJitterIsFull() {
        List<Long> times = callTimes(
                task("\"Retry\":[{\"ErrorEquals\":[\"A\"],\"IntervalSeconds\":100,\"BackoffRate\":1,\"MaxAttempts\":9,\"JitterStrategy\":\"FULL\"}],\"End\":true"),
                "A", "A", "A", "A", "A");
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(0L, 99_999L);
        }
    }

    @Test
    void shouldNotLetAnybodyCatchAnErrorOfTheMachineItself() {
        assertThat(fixture.run(task(
                "\"InputPath\":\"$.absent\",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],\"End\":true"),
                "{}")
                .asString()).isEqualTo("FAILED States.Runtime");
        assertThat(fixture.run(task(
                "\"InputPath\":\"$.absent\",\"Catch\":[{\"ErrorEquals\":[\"States.Runtime\"],\"Next\":\"C\"}],\"End\":true"),
                "{}")
                .asString()).isEqualTo("FAILED States.Runtime");
    }

    @ParameterizedTest
    @CsvSource({"5,low", "10,first", "11,first", "21,first", "-1,low"})
    void shouldGoWhereTheFirstRuleThatHoldsLeads(int number, String end) {
        assertThat(fixture
                .run("""
                        {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[
                        {"Variable":"$.n","NumericGreaterThanEquals":10,"Next":"first"},
                        {"Variable":"$.n","NumericGreaterThan":20,"Next":"second"}],"Default":"low"},
                        "first":{"Type":"Pass","Result":"first","End":true},"second":{"Type":"Pass","Result":"second","End":true},
                        "low":{"Type":"Pass","Result":"low","End":true}}}""",
                        "{\"n\":" + number + "}")
                .asString())
                .isEqualTo(end);
    }

    @Test
    void shouldFailWhereNoRuleHoldsAndThereIsNoDefault() {
        assertThat(fixture
                .run("""
                        {"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Not":{"Variable":"$.n","IsPresent":true},"Next":"P"}]},
                        "P":{"Type":"Pass","End":true}}}""",
                        "{\"n\":1}")
                .asString())
                .isEqualTo("FAILED States.NoChoiceMatched");
    }

    @Test
    void shouldLeaveInputResultAndOutputToTheirPaths() {
        assertThat(fixture.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","InputPath":"$.in","Parameters":{"x.$":"$.a","fixed":1},
                "ResultPath":"$.made","OutputPath":"$.made","End":true}}}""", "{\"in\":{\"a\":2},\"other\":3}")
                .toString())
                .isEqualTo("{\"x\":2,\"fixed\":1}");
        assertThat(fixture.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Result":7,"ResultPath":null,"End":true}}}""", "{\"in\":1}")
                .toString()).isEqualTo("{\"in\":1}");
        assertThat(fixture.run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","OutputPath":null,"End":true}}}""", "{\"in\":1}")
                .toString())
                .isEqualTo("{}");
    }

    @Test
    void shouldRefuseResultsThatAreLargerThanTheLimitAndLetThemBeCaught() {
        fixture.functions.register("f", (payload, context) -> Json.nodes().stringNode("x".repeat(payload.asInt())));
        String catching = task(
                "\"Catch\":[{\"ErrorEquals\":[\"States.DataLimitExceeded\"],\"Next\":\"C\"}],\"Next\":\"D\"");

        assertThat(fixture.run(catching, Integer.toString(Json.MAX_DATA_BYTES - 2)).asString()).isEqualTo("done");
        assertThat(fixture.run(catching, Integer.toString(Json.MAX_DATA_BYTES - 1)).asString()).isEqualTo("caught");
    }

    @Test
    void shouldRecordAResultAboveTheLimitAsTheFailureOfTheTask() {
        fixture.functions.register("f", (payload, context) -> Json.nodes().stringNode("x".repeat(Json.MAX_DATA_BYTES)));
        String arn = fixture.start(task("\"End\":true"), "{}");
        fixture.time.run();

        assertThat(fixture.types(arn)).endsWith("LambdaFunctionFailed", "ExecutionFailed")
                .doesNotContain("LambdaFunctionSucceeded");
        assertThat(fixture.engine.describeExecution(arn).error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void shouldPutTheErrorIntoTheInputWhereTheCatcherSaysAndKeepTheRest() {
        fixture.functions.register("f", (payload, context) -> {
            throw new FunctionException("E", "e");
        });
        String catching = "\"Catch\":[{\"ErrorEquals\":[\"E\"],\"ResultPath\":\"$.failed.why\",\"Next\":\"K\"}],\"End\":true},\"K\":{\"Type\":\"Pass\",\"Parameters\":{\"kept.$\":\"$.keep\",\"error.$\":\"$.failed.why.Error\"},\"End\":true";

        assertThat(fixture.run(task(catching), "{\"keep\":1,\"failed\":{\"old\":2}}").toString())
                .isEqualTo("{\"kept\":1,\"error\":\"E\"}");
    }

    @Test
    void shouldKeepTheOrderOfBranchesAndItemsWhateverEndsFirst() {
        assertThat(fixture
                .run("""
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                        {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":9,"Next":"A1"},"A1":{"Type":"Pass","Result":"slow","End":true}}},
                        {"StartAt":"B","States":{"B":{"Type":"Pass","Result":"quick","End":true}}}],"End":true}}}""",
                        "{}")
                .toString()).isEqualTo("[\"slow\",\"quick\"]");
        assertThat(fixture.run("""
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"W","States":{
                "W":{"Type":"Wait","SecondsPath":"$","End":true}}},"End":true}}}""", "[5,1,3]").toString())
                .isEqualTo("[5,1,3]");
    }

    @Test
    void shouldChainTheEventsOfEachIterationToItsOwnStart() {
        String arn = fixture.start("""
                {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"ItemProcessor":{"StartAt":"P","States":{
                "P":{"Type":"Pass","Next":"Q"},"Q":{"Type":"Pass","End":true}}},"End":true}}}""", "[1,2]");
        fixture.time.run();
        List<HistoryEvent> events = fixture.engine.history(arn);

        for (HistoryEvent event : events) {
            if (event.type() == EventType.PASS_STATE_ENTERED) {
                assertThat(events.get((int) event.previousEventId() - 1).type())
                        .isIn(EventType.MAP_ITERATION_STARTED, EventType.PASS_STATE_EXITED);
            }
            if (event.type() == EventType.MAP_ITERATION_SUCCEEDED) {
                assertThat(events.get((int) event.previousEventId() - 1).type()).isEqualTo(EventType.PASS_STATE_EXITED);
            }
        }
        assertThat(fixture.types(arn)).filteredOn("MapIterationStarted"::equals).hasSize(2);
    }

    @Test
    void shouldDoNothingMoreInBranchesThatWereGivenUp() {
        List<String> called = new ArrayList<>();
        fixture.functions.register("f", (payload, context) -> {
            called.add("late");
            return payload;
        });
        fixture.functions.register("fail", (payload, context) -> {
            throw new FunctionException("E", "");
        });
        String arn = fixture.start(
                """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","Branches":[
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"Next":"T"},"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f","End":true}}},
                        {"StartAt":"F","States":{"F":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fail","End":true}}}],
                        "Catch":[{"ErrorEquals":["E"],"Next":"X"}],"End":true},"X":{"Type":"Wait","Seconds":60,"End":true}}}""",
                "{}");
        fixture.time.run();

        assertThat(called).isEmpty();
        assertThat(fixture.types(arn)).endsWith("WaitStateExited", "ExecutionSucceeded")
                .filteredOn("WaitStateExited"::equals).hasSize(1);
    }

    @Test
    void shouldCountTimeOutsFromTheirStartOverARestart() {
        String waits = """
                {"TimeoutSeconds":100,"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":30,
                "Catch":[{"ErrorEquals":["States.Timeout"],"Next":"W"}],"End":true},"W":{"Type":"Wait","Seconds":1000,"End":true}}}""";
        String arn = fixture.start(waits, "{}");
        fixture.time.advance(Duration.ofSeconds(20));
        fixture.crash();
        fixture.time.advance(Duration.ofSeconds(50));
        fixture.crash();
        fixture.time.run();

        assertThat(times(arn, EventType.TASK_TIMED_OUT)).containsExactly(EngineFixture.START.plusSeconds(30));
        assertThat(times(arn, EventType.EXECUTION_TIMED_OUT)).containsExactly(EngineFixture.START.plusSeconds(100));
    }

    private List<Instant> times(String arn, EventType type) {
        return fixture.engine.history(arn).stream().filter(event -> event.type() == type)
                .map(HistoryEvent::timestamp).toList();
    }

    @Test
    void shouldAnswerEachKindOfUselessTokenDifferently() {
        String arn = fixture.start(
                """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                        "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},"TimeoutSeconds":30,
                        "Retry":[{"ErrorEquals":["States.Timeout"],"IntervalSeconds":1}],"End":true}}}""",
                "{}");
        fixture.time.advance(Duration.ofSeconds(32));
        String expired = fixture.tokens.getFirst();
        String open = fixture.tokens.getLast();
        assertThat(open).isNotEqualTo(expired);

        assertRefused(expired, ErrorCode.TaskTimedOut);
        assertRefused(new Tokens(new byte[32]).make(1, 4), ErrorCode.TaskDoesNotExist);
        assertRefused("nonsense", ErrorCode.InvalidToken);
        fixture.engine.sendTaskSuccess(open, "1");
        assertRefused(open, ErrorCode.TaskTimedOut);
        fixture.time.run();
        assertThat(fixture.output(arn).asInt()).isEqualTo(1);
    }

    private void assertRefused(String token, ErrorCode code) {
        assertThatThrownBy(() -> fixture.engine.sendTaskSuccess(token, "2"))
                .isInstanceOfSatisfying(StepFunctionsException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void shouldAllowAllRetriesAgainAfterARedrive() {
        List<Long> calls = callTimes(task("\"Retry\":[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":1}],\"End\":true"), "A",
                "A",
                "A");
        assertThat(calls).hasSize(2);
        String arn = Arns.execution(fixture.engine.listStateMachines().getFirst().stateMachineArn(), "e");

        fixture.engine.redriveExecution(arn);
        fixture.time.run();

        assertThat(calls).hasSize(4);
        assertThat(fixture.engine.describeExecution(arn).summary().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void shouldStopNestedExecutionsAndChildrenWithTheirParent() {
        String child = fixture.engine.createStateMachine("child", """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1000,"End":true}}}""", EngineFixture.ROLE)
                .stateMachineArn();
        String parent = fixture.start("""
                {"StartAt":"N","States":{"N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync",
                "Parameters":{"StateMachineArn":"%s","Name":"nested"},"TimeoutSeconds":10,"End":true}}}"""
                .formatted(child), "{}");
        fixture.time.run();

        assertThat(fixture.engine.describeExecution(parent).error()).isEqualTo("States.Timeout");
        assertThat(fixture.engine.describeExecution(Arns.execution(child, "nested")).summary().status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void shouldShowVariablesAsTheyWereBeforeAllAssignments() {
        assertThat(fixture
                .run("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1,"y":2},"Next":"B"},
                        "B":{"Type":"Pass","Assign":{"x":"{% $y %}","y":"{% $x %}"},"Next":"C"},
                        "C":{"Type":"Pass","Output":{"x":"{% $x %}","y":"{% $y %}"},"End":true}}}""",
                        "{}")
                .toString())
                .isEqualTo("{\"x\":2,\"y\":1}");
    }
}

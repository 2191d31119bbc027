package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The engine on virtual time with functions in this process. */
class EngineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ROLE = "arn:aws:iam::000000000000:role/test";

    private VirtualTime time = new VirtualTime(START);
    private final FunctionRegistry functions = new FunctionRegistry();
    private final Journal journal = Journal.inMemory();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private StepFunctionsEngine engine = open();

    private StepFunctionsEngine open() {
        return StepFunctionsEngine.builder().virtualTime(time).functions(functions).journal(journal)
                .random(new Random(7)).listener(new ExecutionListener() {
                    @Override
                    public void started(ExecutionSummary execution) {
                        news.add("started " + execution.name());
                    }

                    @Override
                    public void ended(ExecutionSummary execution) {
                        news.add(execution.status() + " " + execution.name());
                    }
                }).build();
    }

    /** Leaves the first engine as a crash would, with nothing under way, and opens another on the same journal. */
    private void restart() {
        time = new VirtualTime(time.instant());
        engine = open();
    }

    private String run(String definition, String input) {
        String arn = start(definition, input);
        time.run();
        return arn;
    }

    private String start(String definition, String input) {
        String machine = engine.createStateMachine("m" + engine.listStateMachines().size(), definition, ROLE)
                .stateMachineArn();
        return engine.startExecution(machine, "e", input).executionArn();
    }

    private List<String> types(String arn) {
        return engine.history(arn).stream().map(event -> event.type().awsName()).toList();
    }

    private static final String CALLBACK = """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token","job.$":"$$.Execution.Name"}},
            "TimeoutSeconds":600,"HeartbeatSeconds":60,
            "Retry":[{"ErrorEquals":["States.HeartbeatTimeout"],"MaxAttempts":1,"IntervalSeconds":5}],
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Caught"}],
            "ResultPath":"$.answer","Next":"Done"},
            "Caught":{"Type":"Pass","End":true},"Done":{"Type":"Succeed"}}}""";

    private void registerAsk() {
        functions.register("ask", (payload, context) -> {
            tokens.add(payload.path("token").asString());
            return Json.object().put("asked", payload.path("job").asString());
        });
    }

    @Test
    void shouldWrapTheResultOfLambdaInvokeAsAwsDoes() {
        functions.register("add",
                (payload, context) -> Json.nodes().numberNode(payload.path("a").asInt() + payload.path("b").asInt()));

        String arn = run("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Parameters":{"FunctionName":"arn:aws:lambda:us-east-1:000000000000:function:add:live","Payload.$":"$"},
                "ResultSelector":{"sum.$":"$.Payload","code.$":"$.StatusCode","version.$":"$.ExecutedVersion"},
                "End":true}}}""", "{\"a\":2,\"b\":3}");

        assertThat(engine.describeExecution(arn).output()).isEqualTo("{\"sum\":5,\"code\":200,\"version\":\"live\"}");
        assertThat(types(arn)).containsExactly("ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted",
                "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded");
        assertThat(news).containsExactly("started e", "SUCCEEDED e");
    }

    @Test
    void shouldRetryWithGrowingDelaysAndThenCatch() {
        List<Duration> calls = new ArrayList<>();
        functions.register("flaky", (payload, context) -> {
            calls.add(Duration.between(START, time.instant()));
            throw new FunctionException("Flaky", "no luck");
        });

        String arn = run(
                """
                        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:flaky",
                        "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":3,"MaxDelaySeconds":10}],
                        "Catch":[{"ErrorEquals":["States.TaskFailed"],"ResultPath":"$.error","Next":"C"}],"End":true},
                        "C":{"Type":"Pass","End":true}}}""",
                "{}");

        assertThat(calls).containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(8),
                Duration.ofSeconds(18));
        assertThat(engine.describeExecution(arn).output()).isEqualTo(
                "{\"error\":{\"Error\":\"Flaky\",\"Cause\":\"{\\\"errorMessage\\\":\\\"no luck\\\",\\\"errorType\\\":\\\"Flaky\\\"}\"}}");
    }

    @Test
    void shouldEndACallbackTaskWithTheOutputThatIsSent() {
        registerAsk();
        String arn = start(CALLBACK, "{\"x\":1}");
        time.settle();

        engine.sendTaskSuccess(tokens.getFirst(), "{\"ok\":true}");
        time.run();

        assertThat(engine.describeExecution(arn).output()).isEqualTo("{\"x\":1,\"answer\":{\"ok\":true}}");
        assertThat(types(arn)).contains("TaskSubmitted");
        assertThatThrownBy(() -> engine.sendTaskSuccess(tokens.getFirst(), "{}"))
                .asInstanceOf(InstanceOfAssertFactories.type(StepFunctionsException.class))
                .extracting(StepFunctionsException::code).isEqualTo(ErrorCode.TaskTimedOut);
    }

    @Test
    void shouldTellMalformedTokensFromUnknownOnes() {
        String foreign = new Tokens(new byte[32]).make(1, 3);

        assertThatThrownBy(() -> engine.sendTaskHeartbeat("nonsense")).hasMessageContaining("Invalid token");
        assertThatThrownBy(() -> engine.sendTaskHeartbeat(foreign))
                .extracting(e -> ((StepFunctionsException) e).code()).isEqualTo(ErrorCode.TaskDoesNotExist);
    }

    @Test
    void shouldLetHeartbeatsExtendTheWaitUntilOneIsMissing() {
        registerAsk();
        String arn = start(CALLBACK, "{}");
        time.advance(Duration.ofSeconds(50));
        engine.sendTaskHeartbeat(tokens.getFirst());
        time.advance(Duration.ofSeconds(50));
        assertThat(tokens).hasSize(1);
        time.advance(Duration.ofSeconds(20));

        assertThat(tokens).as("the retry asked again, with a new token").hasSize(2).doesNotHaveDuplicates();
        HistoryEvent timedOut = engine.history(arn).stream().filter(e -> e.type() == EventType.TASK_TIMED_OUT)
                .findFirst().orElseThrow();
        assertThat(timedOut.details().text(Detail.ERROR)).isEqualTo("States.Timeout");
        assertThat(timedOut.timestamp()).isEqualTo(START.plusSeconds(110));
    }

    @Test
    void shouldGoOnWhereItWasAfterARestart() {
        registerAsk();
        String arn = start(CALLBACK, "{}");
        time.advance(Duration.ofSeconds(63));
        List<HistoryEvent> before = engine.history(arn);

        restart();

        assertThat(engine.history(arn)).isEqualTo(before);
        time.advance(Duration.ofSeconds(3));
        engine.sendTaskSuccess(tokens.getLast(), "1");
        time.settle();

        assertThat(engine.describeExecution(arn).output()).isEqualTo("{\"answer\":1}");
    }

    @Test
    void shouldRunATaskInFlightAgainAfterARestart() {
        AtomicInteger calls = new AtomicInteger();
        functions.register("slow", (payload, context) -> Json.nodes().numberNode(calls.incrementAndGet()));
        String arn = start("""
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Parameters":{"FunctionName":"slow"},"ResultSelector":{"n.$":"$.Payload"},"End":true}}}""", "{}");

        restart();
        time.run();

        assertThat(engine.describeExecution(arn).output()).isNotNull();
        assertThat(types(arn)).filteredOn("TaskScheduled"::equals).hasSize(1);
    }

    @Test
    void shouldWaitInAllFourForms() {
        String arn = run("""
                {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":10,"Next":"B"},
                "B":{"Type":"Wait","SecondsPath":"$.s","Next":"C"},
                "C":{"Type":"Wait","Timestamp":"2026-01-01T00:01:00Z","Next":"D"},
                "D":{"Type":"Wait","TimestampPath":"$.t","End":true}}}""",
                "{\"s\":20,\"t\":\"2026-01-01T01:00:00+00:00\"}");

        assertThat(engine.history(arn)).filteredOn(e -> e.type() == EventType.WAIT_STATE_EXITED)
                .extracting(e -> Duration.between(START, e.timestamp()).toSeconds())
                .containsExactly(10L, 30L, 60L, 3600L);
    }

    @Test
    void shouldFailWithTheErrorAndCauseThatPathsName() {
        String arn = run(
                """
                        {"StartAt":"F","States":{"F":{"Type":"Fail","ErrorPath":"$.e","CausePath":"States.Format('{} at {}', $.c, $$.State.Name)"}}}""",
                "{\"e\":\"Broken\",\"c\":\"disk\"}");

        ExecutionDescription failed = engine.describeExecution(arn);
        assertThat(failed.error()).isEqualTo("Broken");
        assertThat(failed.cause()).isEqualTo("disk at F");
        assertThat(failed.summary().status()).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void shouldTimeOutAWholeExecution() {
        String arn = run("""
                {"TimeoutSeconds":30,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":300,"End":true}}}""", "{}");

        ExecutionSummary over = engine.describeExecution(arn).summary();
        assertThat(over.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(over.stopDate()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void shouldEndAnEndlessLoopAtTheEventLimit() {
        String arn = run("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Next":"P"}}}""", "{}");

        assertThat(engine.history(arn)).hasSize(25_000).last().extracting(HistoryEvent::type)
                .isEqualTo(EventType.EXECUTION_FAILED);
    }

    @Test
    void shouldAnswerTheSameExecutionForTheSameNameAndInputWhileItRuns() {
        String machine = engine.createStateMachine("w", """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":300,"End":true}}}""", ROLE).stateMachineArn();
        ExecutionSummary first = engine.startExecution(machine, "e", "{\"a\":1}");

        assertThat(engine.startExecution(machine, "e", "{ \"a\": 1 }")).isEqualTo(first);
        assertThatThrownBy(() -> engine.startExecution(machine, "e", "{}")).hasMessageContaining("Already Exists");
        engine.stopExecution(first.executionArn(), "Stopped", "by hand");
        assertThatThrownBy(() -> engine.startExecution(machine, "e", "{\"a\":1}"))
                .hasMessageContaining("Already Exists");
        assertThat(engine.describeExecution(first.executionArn()).cause()).isEqualTo("by hand");
    }

    @Test
    void shouldListExecutionsNewestFirstPageByPageAndByStatus() {
        String machine = engine.createStateMachine("w", """
                {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":300,"End":true}}}""", ROLE).stateMachineArn();
        for (int i = 0; i < 5; i++) {
            engine.startExecution(machine, "e" + i, "{}");
        }
        engine.stopExecution(Arns.execution(machine, "e3"), null, null);

        Page<ExecutionSummary> page = engine.listExecutions(machine, ExecutionStatus.RUNNING, 2, null);
        Page<ExecutionSummary> rest = engine.listExecutions(machine, ExecutionStatus.RUNNING, 2, page.nextToken());

        assertThat(page.items()).extracting(ExecutionSummary::name).containsExactly("e4", "e2");
        assertThat(rest.items()).extracting(ExecutionSummary::name).containsExactly("e1", "e0");
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void shouldKeepManyWaitingExecutionsFoldedAndStillWakeThem() {
        StepFunctionsEngine small = StepFunctionsEngine.builder().virtualTime(time).random(new Random(1))
                .liveExecutions(3).build();
        String machine = small.createStateMachine("w",
                """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.s","Next":"P"},"P":{"Type":"Pass","End":true}}}""",
                ROLE).stateMachineArn();
        for (int i = 0; i < 50; i++) {
            small.startExecution(machine, "e" + i, "{\"s\":" + (100 + i) + "}");
        }
        time.run();

        assertThat(small.listExecutions(machine, ExecutionStatus.SUCCEEDED, 1000, null).items()).hasSize(50);
        assertThat(small.openExecutions()).isZero();
    }
}

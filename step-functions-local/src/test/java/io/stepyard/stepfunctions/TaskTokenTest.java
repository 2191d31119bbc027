package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The life of task tokens: lambda:invoke.waitForTaskToken, late callbacks, heartbeats and restarts, which no recording covers.
 * Source: SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat of the AWS API reference; "Wait for a Callback with Task
 * Token" and "Handling errors" of the developer guide.
 */
class TaskTokenTest {
    private final EngineFixture fixture = new EngineFixture();

    private static String ask(String fields) {
        String catching = fields.contains("\"Next\":\"C\"") ? ",\"C\":{\"Type\":\"Pass\",\"End\":true}" : "";
        return """
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters":{"FunctionName":"ask","Payload":{"token.$":"$$.Task.Token"}},%s"End":true}%s}}"""
                .formatted(fields, catching);
    }

    private String started(String fields) {
        String arn = fixture.start(ask(fields), "{}");
        fixture.time.settle();
        return arn;
    }

    private String token() {
        return fixture.tokens.getLast();
    }

    @Test
    void shouldWaitForTheCallbackAndNotForTheAnswerOfTheFunction() {
        String arn = started("");
        assertThat(fixture.types(arn)).endsWith("TaskScheduled", "TaskStarted", "TaskSubmitted");

        fixture.engine.sendTaskSuccess(token(), "{\"said\":1}");
        fixture.time.run();

        assertThat(fixture.output(arn).toString()).isEqualTo("{\"said\":1}");
        assertThat(fixture.types(arn)).containsSubsequence("TaskSubmitted", "TaskSucceeded", "TaskStateExited");
    }

    @Test
    void shouldTakeACallbackThatComesBeforeTheFunctionHasAnswered() {
        fixture.functions.register("ask", (payload, context) -> {
            fixture.tokens.add(payload.path("token").asString());
            fixture.time.schedule(fixture.time.instant(),
                    () -> fixture.engine.sendTaskSuccess(payload.path("token").asString(), "7"));
            return Json.object();
        });
        String arn = started("");
        fixture.time.run();

        assertThat(fixture.output(arn).asInt()).isEqualTo(7);
    }

    @Test
    void shouldGiveFourDifferentAnswersToTokensThatAreNotWaitedFor() {
        started("");
        String closed = token();
        fixture.engine.sendTaskSuccess(closed, "1");
        started("\"TimeoutSeconds\":5,");
        String expired = token();
        fixture.time.advance(Duration.ofSeconds(6));
        EngineFixture other = new EngineFixture();
        other.start(ask(""), "{}");
        other.time.settle();
        String unknown = new Tokens(new byte[32]).make(1, 3);

        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(closed, "1"))).contains("TaskTimedOut")
                .contains("does not exist anymore");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(expired, "1"))).contains("TaskTimedOut")
                .contains("has timed out");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(unknown, "1"))).contains("TaskDoesNotExist");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess("no token", "1"))).contains("InvalidToken");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskFailure("x".repeat(2_049), "E", "c")))
                .contains("InvalidToken");
    }

    @Test
    void shouldRefuseOutputThatIsNoJsonOrTooLargeAndGoOnWaiting() {
        String arn = started("");

        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(token(), "{"))).contains("InvalidOutput");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(token(), "\"" + "x".repeat(262_143) + "\"")))
                .contains("InvalidOutput");
        fixture.engine.sendTaskSuccess(token(), "\"" + "x".repeat(262_142) + "\"");

        assertThat(fixture.output(arn).asString()).hasSize(262_142);
    }

    @Test
    void shouldRefuseLateCallbacksOnceTheExecutionIsOver() {
        String arn = started("");
        String token = token();
        fixture.engine.stopExecution(arn, null, null);

        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(token, "1"))).contains("TaskTimedOut");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskFailure(token, "E", "c"))).contains("TaskTimedOut");
        assertThat(Refusals.of(() -> fixture.engine.sendTaskHeartbeat(token))).contains("TaskTimedOut");
        assertThat(fixture.types(arn)).endsWith("ExecutionAborted");
    }

    @Test
    void shouldRefuseTheTokenOfAnEarlierAttempt() {
        String arn = started(
                "\"TimeoutSeconds\":5,\"Retry\":[{\"ErrorEquals\":[\"States.Timeout\"],\"MaxAttempts\":1}],");
        String first = token();
        fixture.time.advance(Duration.ofSeconds(7));
        assertThat(fixture.tokens).hasSize(2);

        assertThat(Refusals.of(() -> fixture.engine.sendTaskSuccess(first, "1"))).contains("TaskTimedOut");
        fixture.engine.sendTaskSuccess(token(), "2");

        assertThat(fixture.output(arn).asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"States.HeartbeatTimeout", "States.Timeout", "States.ALL"})
    void shouldCatchAHeartbeatThatDidNotCome(String error) {
        String arn = started("\"HeartbeatSeconds\":10,\"TimeoutSeconds\":100,\"Catch\":[{\"ErrorEquals\":[\"" + error
                + "\"],\"Next\":\"C\"}],");
        fixture.time.run();

        assertThat(fixture.time.instant()).isEqualTo(EngineFixture.START.plusSeconds(10));
        assertThat(fixture.output(arn).path("Error").asString()).isEqualTo("States.Timeout");
        HistoryEvent timedOut = fixture.engine.history(arn).stream()
                .filter(event -> event.type().awsName().equals("TaskTimedOut")).findFirst().orElseThrow();
        assertThat(timedOut.details().text(Detail.ERROR)).isEqualTo("States.Timeout");
    }

    @Test
    void shouldNotTakeATimeOutForAMissingHeartbeat() {
        String arn = started(
                "\"TimeoutSeconds\":5,\"Catch\":[{\"ErrorEquals\":[\"States.HeartbeatTimeout\"],\"Next\":\"C\"}],");
        fixture.time.run();

        assertThat(fixture.output(arn).asString()).isEqualTo("FAILED States.Timeout");
    }

    @Test
    void shouldGoOnWithTheHeartbeatClockAfterARestart() {
        String arn = started("\"HeartbeatSeconds\":60,");
        fixture.time.advance(Duration.ofSeconds(30));
        fixture.engine.sendTaskHeartbeat(token());
        fixture.time.advance(Duration.ofSeconds(20));
        fixture.crash();

        fixture.time.advance(Duration.ofSeconds(39));
        assertThat(fixture.engine.describeExecution(arn).summary().status()).isEqualTo(ExecutionStatus.RUNNING);
        fixture.time.advance(Duration.ofSeconds(2));

        assertThat(fixture.output(arn).asString()).isEqualTo("FAILED States.Timeout");
    }

    @Test
    void shouldTimeOutAtOnceAfterARestartWhenTheHeartbeatFellDueMeanwhile() {
        String arn = started("\"HeartbeatSeconds\":60,");
        fixture.time.advance(Duration.ofSeconds(59));
        fixture.crash();
        fixture.time.advance(Duration.ofSeconds(1));

        assertThat(fixture.output(arn).asString()).isEqualTo("FAILED States.Timeout");
    }

    @Test
    void shouldFailWithTheErrorAndCauseOfTheCallbackAndMatchTaskFailed() {
        String arn = started("\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"Next\":\"C\"}],");
        fixture.engine.sendTaskFailure(token(), "Mine", "because");

        assertThat(fixture.output(arn).toString()).isEqualTo("{\"Error\":\"Mine\",\"Cause\":\"because\"}");
    }

    @Test
    void shouldBringTheResultOfANestedExecutionByCallback() {
        String child = fixture.engine.createStateMachine("child",
                """
                        {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"ask","Payload.$":"$"},"End":true}}}""",
                EngineFixture.ROLE).stateMachineArn();
        String arn = fixture
                .start("""
                        {"StartAt":"N","States":{"N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.waitForTaskToken",
                        "Parameters":{"StateMachineArn":"%s","Input":{"token.$":"$$.Task.Token"}},"End":true}}}"""
                        .formatted(child), "{}");
        fixture.time.settle();

        fixture.engine.sendTaskSuccess(token(), "\"from the child\"");

        assertThat(fixture.output(arn).asString()).isEqualTo("from the child");
        assertThat(fixture.types(arn)).contains("TaskSubmitted");
    }
}

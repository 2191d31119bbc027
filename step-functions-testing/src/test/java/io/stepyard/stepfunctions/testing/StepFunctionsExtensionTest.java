package io.stepyard.stepfunctions.testing;

import static io.stepyard.stepfunctions.testing.StepFunctionsAssertions.assertThatHistory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.language.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension itself: a fresh engine for each test, the same one within a test, and assertions that can fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFunctionsExtensionTest {
    private static final String WAIT = """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":31536000,"Next":"P"},
            "P":{"Type":"Pass","Parameters":{"id.$":"States.UUID()"},"End":true}}}""";
    private static final Instant START = Instant.parse("2030-05-01T00:00:00Z");

    @RegisterExtension
    final StepFunctionsExtension steps = new StepFunctionsExtension().startingAt(START).seed(42)
            .function("echo", payload -> payload)
            .function("nothing", payload -> null);

    private List<HistoryEvent> firstHistory = List.of();

    @RepeatedTest(3)
    void shouldBeginEachTestWithAnEmptyEngineAndGiveTheSameHistoryEachTime(RepetitionInfo repetition) {
        assertThat(steps.engine().listStateMachines()).isEmpty();
        assertThat(steps.calls("echo")).isEmpty();
        assertThat(steps.now()).isEqualTo(START);

        TestExecution year = steps.run(WAIT, "{}");

        assertThat(steps.elapsed()).isEqualTo(Duration.ofDays(365));
        if (repetition.getCurrentRepetition() == 1) {
            firstHistory = year.history();
        }
        assertThat(year.history()).isEqualTo(firstHistory).hasSize(6);
        steps.function("echo", payload -> payload);
    }

    @Test
    void shouldTurnWhatALambdaAnswersIntoJson() {
        String machine = steps.stateMachine("m", """
                {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                "Parameters":{"FunctionName.$":"$.f","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}""");
        steps.function("list", payload -> List.of(1, "b"));

        assertThat(steps.start(machine, "{\"f\":\"list\"}").output().toString()).isEqualTo("[1,\"b\"]");
        assertThat(steps.start(machine, "{\"f\":\"nothing\"}").output().isNull()).isTrue();
        assertThat(steps.calls("nothing")).singleElement().satisfies(call -> {
            assertThat(call.payload()).isEqualTo(Json.parse("{\"f\":\"nothing\"}"));
            assertThat(call.at()).isEqualTo(START);
            assertThat(call.toString()).doesNotContain("\"f\"");
        });
    }

    @Test
    void shouldHandCallsOfServicesToTheClientOfTheTest() {
        steps.services((call, submitted) -> new TaskOutcome.Succeeded(
                Json.object().put("MessageId", call.resource().arn() + " " + call.parameters().path("MessageBody"))));
        String definition = """
                {"StartAt":"Q","States":{"Q":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                "Parameters":{"QueueUrl":"http://q","MessageBody.$":"$.m"},"End":true}}}""";

        StepFunctionsAssertions.assertThat(steps.run(definition, "{\"m\":7}"))
                .hasOutput("{\"MessageId\":\"arn:aws:states:::sqs:sendMessage 7\"}").history()
                .first("TaskScheduled").has(Detail.RESOURCE_TYPE, "sqs").hasJson(Detail.PARAMETERS,
                        "{\"MessageBody\":7,\"QueueUrl\":\"http://q\"}");
    }

    @Test
    void shouldFailWithWhatWasFoundWhereAnAssertionDoesNotHold() {
        TestExecution failed = steps.run("""
                {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Broken","Cause":"disk"}}}""", "{}");
        ExecutionAssert check = StepFunctionsAssertions.assertThat(failed);

        assertThatThrownBy(check::succeeded).isInstanceOf(AssertionError.class)
                .hasMessageContaining("SUCCEEDED, but found it FAILED with error Broken (disk) after "
                        + "[ExecutionStarted, FailStateEntered, ExecutionFailed]");
        assertThatThrownBy(() -> check.failedWith("Other")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check.hasOutput("{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(check::timedOut).isInstanceOf(AssertionError.class);
        assertThatThrownBy(check::isRunning).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check.hasCauseContaining("memory")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check.enteredStates("F", "G")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check.neverEntered("F")).isInstanceOf(AssertionError.class);
        check.failedWith("Broken").hasCauseContaining("dis").enteredStates("F").neverEntered("G");
        assertThatThrownBy(failed::output).hasMessageContaining("has no output: it is FAILED with error Broken");
    }

    @Test
    void shouldFailWhereAHistoryOrAnEventIsOtherThanExpected() {
        TestExecution year = steps.run(WAIT, "{}");
        HistoryAssert history = StepFunctionsAssertions.assertThat(year).succeeded().history();

        history.hasExactly("ExecutionStarted", "WaitStateEntered", "WaitStateExited", "PassStateEntered",
                "PassStateExited", "ExecutionSucceeded").hasNo("TaskFailed").isGapless();
        assertThatThrownBy(() -> history.hasExactly("ExecutionStarted")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> history.hasInOrder("WaitStateExited", "WaitStateEntered"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> history.hasCount(2, "WaitStateEntered")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> history.hasNo("WaitStateEntered")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> history.hasNo("WaitStateEnterd")).hasMessageContaining("no history event type");
        assertThatThrownBy(() -> history.nth(2, "WaitStateEntered")).hasMessageContaining("but found 1 in");
        assertThatThrownBy(() -> assertThatHistory(year.history().subList(1, 3)).isGapless())
                .isInstanceOf(AssertionError.class);
        EventAssert exited = history.first("WaitStateExited").follows("WaitStateEntered")
                .happenedAfter(Duration.ofDays(365)).has(Detail.NAME, "W");
        assertThatThrownBy(() -> exited.follows("PassStateExited")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exited.happenedAfter(Duration.ZERO)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exited.has(Detail.NAME, "P")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exited.hasJson(Detail.OUTPUT, "1")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> exited.hasJson(Detail.INPUT, "{}")).isInstanceOf(AssertionError.class);
    }
}

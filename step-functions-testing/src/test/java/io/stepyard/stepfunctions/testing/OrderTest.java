package io.stepyard.stepfunctions.testing;

import static io.stepyard.stepfunctions.testing.StepFunctionsAssertions.assertThat;

import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.history.Detail;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderTest {
    private static final String DEFINITION = """
            {"StartAt": "Price", "States": {
              "Price": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:price",
                "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 60, "BackoffRate": 2, "MaxAttempts": 3}],
                "ResultPath": "$.price", "Next": "Approve"},
              "Approve": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters": {"FunctionName": "ask", "Payload": {"token.$": "$$.Task.Token"}},
                "TimeoutSeconds": 86400, "ResultPath": "$.by",
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Forgotten"}], "Next": "Done"},
              "Forgotten": {"Type": "Fail", "Error": "NobodyAnswered"},
              "Done": {"Type": "Succeed"}}}""";

    @RegisterExtension
    final StepFunctionsExtension steps = new StepFunctionsExtension()
            .function("price", order -> 3 * order.path("count").asInt())
            .function("ask", question -> Map.of("asked", true));

    @Test
    void shouldEndWithTheAnswerOfWhoeverWasAsked() {
        TestExecution order = steps.start(steps.stateMachine("orders", DEFINITION), "{\"count\": 2}");
        assertThat(order).isRunning().enteredStates("Price", "Approve");
        String token = steps.calls("ask").getFirst().payload().path("token").asString();

        steps.restart(); // as after kill -9: the token still works
        steps.advance(Duration.ofHours(23));
        steps.sendTaskSuccess(token, "\"Ada\"");

        assertThat(order).hasOutput("{\"count\": 2, \"price\": 6, \"by\": \"Ada\"}").history().isGapless()
                .first("TaskSucceeded").follows("TaskSubmitted").happenedAfter(Duration.ofHours(23));
    }

    @Test
    void shouldWaitLongerAfterEachRefusalAndEndWhenNobodyAnswersForADay() {
        steps.function("price", order -> {
            if (steps.calls("price").size() < 3) {
                throw new FunctionException("Busy", "come again");
            }
            return 1;
        });

        TestExecution order = steps.run(DEFINITION, "{}"); // a day and three minutes take milliseconds

        assertThat(order).failedWith("NobodyAnswered").enteredStates("Price", "Approve", "Forgotten");
        assertThat(order).history().hasCount(2, "LambdaFunctionFailed").hasInOrder("LambdaFunctionSucceeded",
                "TaskTimedOut", "ExecutionFailed");
        assertThat(order).history().nth(3, "LambdaFunctionScheduled").happenedAfter(Duration.ofMinutes(3))
                .hasJson(Detail.INPUT, "{}");
    }
}

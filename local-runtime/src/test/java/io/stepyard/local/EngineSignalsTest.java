package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineSignalsTest {

    private static final String DEFINITION = """
            {"StartAt":"Wait","States":{"Wait":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
             "Parameters":{"FunctionName":"hold","Payload":{"token.$":"$$.Task.Token"}},"End":true}}}""";

    private final BlockingQueue<String> tokens = new ArrayBlockingQueue<>(10);
    private final EngineSignals signals = new EngineSignals();

    @Test
    void shouldAnswerAWaitingExecutionOnceAndTellLaterAnswersThatTheyAreSuperseded() throws InterruptedException {
        try (StepFunctionsEngine engine = engine()) {
            signals.connect(engine);
            TaskToken token = waiting(engine, "first");

            assertThat(signals.success(token, "{}")).isEqualTo(SignalResult.DELIVERED);
            assertThat(signals.success(token, "{}")).isEqualTo(SignalResult.SUPERSEDED);
            assertThat(signals.failure(token, "Error", "cause")).isEqualTo(SignalResult.SUPERSEDED);
            assertThat(signals.success(new TaskToken("nonsense"), "{}")).isEqualTo(SignalResult.SUPERSEDED);
        }
    }

    @Test
    void shouldCutAnErrorAndTheFrontOfACauseToWhatStepFunctionsTakes() throws InterruptedException {
        try (StepFunctionsEngine engine = engine()) {
            signals.connect(engine);
            TaskToken token = waiting(engine, "second");

            assertThat(signals.failure(token, "E".repeat(1000), "x".repeat(40_000) + "the end"))
                    .isEqualTo(SignalResult.DELIVERED);

            String arn = JobManager.ARN.replace(":stateMachine:", ":execution:").replace("stepyard-job-manager", "m");
            var ended = Eventually.within(RunningRuntime.START_WITHIN, "the end",
                    () -> engine.describeExecution(arn + ":second"), answer -> answer.error() != null);
            assertThat(ended.error()).hasSize(256);
            assertThat(ended.cause()).hasSize(32_768).endsWith("the end");
        }
    }

    @Test
    void shouldBeUnavailableBeforeTheEngineIsThereAndAfterItHasStopped() throws InterruptedException {
        assertThat(signals.success(new TaskToken("token"), "{}")).isEqualTo(SignalResult.UNAVAILABLE);
        StepFunctionsEngine engine = engine();
        signals.connect(engine);
        TaskToken token = waiting(engine, "third");
        engine.close();

        assertThat(signals.success(token, "{}")).isEqualTo(SignalResult.UNAVAILABLE);
    }

    private StepFunctionsEngine engine() {
        FunctionRegistry functions = new FunctionRegistry().register("hold", (payload, context) -> {
            tokens.add(payload.path("token").stringValue());
            return payload;
        });
        return StepFunctionsEngine.builder().functions(functions).account(JobManager.ACCOUNT)
                .region(JobManager.REGION).build();
    }

    private TaskToken waiting(StepFunctionsEngine engine, String name) throws InterruptedException {
        String machine = engine.createStateMachine("m", DEFINITION, "arn:aws:iam::123456789012:role/m")
                .stateMachineArn();
        engine.startExecution(machine, name, "{}");
        String token = tokens.poll(10, TimeUnit.SECONDS);
        assertThat(token).isNotNull();
        return new TaskToken(String.valueOf(token));
    }
}

package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.history.HistoryEvent;
import java.util.List;

/** Where assertions on executions and histories begin: {@code assertThat(execution).succeeded()}. */
public final class StepFunctionsAssertions {
    private StepFunctionsAssertions() {}

    /** Begins assertions on an execution. */
    public static ExecutionAssert assertThat(TestExecution execution) {
        return new ExecutionAssert(execution);
    }

    /** Begins assertions on a history, oldest event first. */
    public static HistoryAssert assertThatHistory(List<HistoryEvent> events) {
        return new HistoryAssert(events);
    }
}

package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.language.Json;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions on an execution. A failure shows the names of its events, and no data: that may carry task tokens. */
public final class ExecutionAssert extends AbstractAssert<ExecutionAssert, TestExecution> {

    ExecutionAssert(TestExecution execution) {
        super(execution, ExecutionAssert.class);
    }

    /** It is over and well. */
    public ExecutionAssert succeeded() {
        return hasStatus(ExecutionStatus.SUCCEEDED);
    }

    /** It failed. */
    public ExecutionAssert failed() {
        return hasStatus(ExecutionStatus.FAILED);
    }

    /** It failed with this error name. */
    public ExecutionAssert failedWith(String error) {
        failed();
        Assertions.assertThat(actual.error()).as(about("error")).isEqualTo(error);
        return this;
    }

    /** Its own time-out ended it. */
    public ExecutionAssert timedOut() {
        return hasStatus(ExecutionStatus.TIMED_OUT);
    }

    /** It is not over. */
    public ExecutionAssert isRunning() {
        return hasStatus(ExecutionStatus.RUNNING);
    }

    /** It stands so. */
    public ExecutionAssert hasStatus(ExecutionStatus expected) {
        isNotNull();
        ExecutionStatus found = actual.status();
        if (found != expected) {
            throw failureWithActualExpected(found, expected,
                    "Expected the execution to be %s, but found it %s%s after %s", expected, found,
                    actual.error() == null ? "" : " with error " + actual.error() + " (" + actual.cause() + ")",
                    HistoryAssert.types(actual.history()));
        }
        return this;
    }

    /** Its output is this JSON value; the order of fields does not count. */
    public ExecutionAssert hasOutput(String json) {
        succeeded();
        Assertions.assertThat(actual.output()).as(about("output")).isEqualTo(Json.parse(json));
        return this;
    }

    /** Its cause contains this text. */
    public ExecutionAssert hasCauseContaining(String text) {
        isNotNull();
        Assertions.assertThat(actual.cause()).as(about("cause")).contains(text);
        return this;
    }

    /** It entered these states in this order, and no others. */
    public ExecutionAssert enteredStates(String... names) {
        isNotNull();
        Assertions.assertThat(actual.enteredStates()).as(about("states")).containsExactly(names);
        return this;
    }

    /** It never entered these states. */
    public ExecutionAssert neverEntered(String... names) {
        isNotNull();
        Assertions.assertThat(actual.enteredStates()).as(about("states")).doesNotContain(names);
        return this;
    }

    /** Goes on with its history. */
    public HistoryAssert history() {
        isNotNull();
        return new HistoryAssert(actual.history());
    }

    private static String about(String what) {
        return String.join(" ", List.of("the execution's", what));
    }
}

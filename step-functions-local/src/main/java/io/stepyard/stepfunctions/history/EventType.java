package io.stepyard.stepfunctions.history;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of history event, with the name AWS gives them and the name of the object that carries their details.
 *
 * <p>The ordinal is written to disk: append only, never reorder.
 */
public enum EventType {
    EXECUTION_STARTED("ExecutionStarted", "executionStartedEventDetails"), EXECUTION_SUCCEEDED("ExecutionSucceeded",
            "executionSucceededEventDetails"), EXECUTION_FAILED("ExecutionFailed",
                    "executionFailedEventDetails"), EXECUTION_TIMED_OUT("ExecutionTimedOut",
                            "executionTimedOutEventDetails"), EXECUTION_ABORTED("ExecutionAborted",
                                    "executionAbortedEventDetails"), EXECUTION_REDRIVEN("ExecutionRedriven",
                                            "executionRedrivenEventDetails"),

    PASS_STATE_ENTERED("PassStateEntered", "stateEnteredEventDetails"), PASS_STATE_EXITED("PassStateExited",
            "stateExitedEventDetails"), CHOICE_STATE_ENTERED("ChoiceStateEntered",
                    "stateEnteredEventDetails"), CHOICE_STATE_EXITED("ChoiceStateExited",
                            "stateExitedEventDetails"), WAIT_STATE_ENTERED("WaitStateEntered",
                                    "stateEnteredEventDetails"), WAIT_STATE_EXITED("WaitStateExited",
                                            "stateExitedEventDetails"), WAIT_STATE_ABORTED("WaitStateAborted",
                                                    null), SUCCEED_STATE_ENTERED("SucceedStateEntered",
                                                            "stateEnteredEventDetails"), SUCCEED_STATE_EXITED(
                                                                    "SucceedStateExited",
                                                                    "stateExitedEventDetails"), FAIL_STATE_ENTERED(
                                                                            "FailStateEntered",
                                                                            "stateEnteredEventDetails"),

    TASK_STATE_ENTERED("TaskStateEntered", "stateEnteredEventDetails"), TASK_STATE_EXITED("TaskStateExited",
            "stateExitedEventDetails"), TASK_STATE_ABORTED("TaskStateAborted", null), TASK_SCHEDULED("TaskScheduled",
                    "taskScheduledEventDetails"), TASK_STARTED("TaskStarted",
                            "taskStartedEventDetails"), TASK_START_FAILED("TaskStartFailed",
                                    "taskStartFailedEventDetails"), TASK_SUBMITTED("TaskSubmitted",
                                            "taskSubmittedEventDetails"), TASK_SUBMIT_FAILED("TaskSubmitFailed",
                                                    "taskSubmitFailedEventDetails"), TASK_SUCCEEDED("TaskSucceeded",
                                                            "taskSucceededEventDetails"), TASK_FAILED("TaskFailed",
                                                                    "taskFailedEventDetails"), TASK_TIMED_OUT(
                                                                            "TaskTimedOut",
                                                                            "taskTimedOutEventDetails"),

    LAMBDA_FUNCTION_SCHEDULED("LambdaFunctionScheduled",
            "lambdaFunctionScheduledEventDetails"), LAMBDA_FUNCTION_SCHEDULE_FAILED("LambdaFunctionScheduleFailed",
                    "lambdaFunctionScheduleFailedEventDetails"), LAMBDA_FUNCTION_STARTED("LambdaFunctionStarted",
                            null), LAMBDA_FUNCTION_START_FAILED("LambdaFunctionStartFailed",
                                    "lambdaFunctionStartFailedEventDetails"), LAMBDA_FUNCTION_SUCCEEDED(
                                            "LambdaFunctionSucceeded",
                                            "lambdaFunctionSucceededEventDetails"), LAMBDA_FUNCTION_FAILED(
                                                    "LambdaFunctionFailed",
                                                    "lambdaFunctionFailedEventDetails"), LAMBDA_FUNCTION_TIMED_OUT(
                                                            "LambdaFunctionTimedOut",
                                                            "lambdaFunctionTimedOutEventDetails"),

    ACTIVITY_SCHEDULED("ActivityScheduled", "activityScheduledEventDetails"), ACTIVITY_SCHEDULE_FAILED(
            "ActivityScheduleFailed", "activityScheduleFailedEventDetails"), ACTIVITY_STARTED("ActivityStarted",
                    "activityStartedEventDetails"), ACTIVITY_SUCCEEDED("ActivitySucceeded",
                            "activitySucceededEventDetails"), ACTIVITY_FAILED("ActivityFailed",
                                    "activityFailedEventDetails"), ACTIVITY_TIMED_OUT("ActivityTimedOut",
                                            "activityTimedOutEventDetails"),

    PARALLEL_STATE_ENTERED("ParallelStateEntered", "stateEnteredEventDetails"), PARALLEL_STATE_STARTED(
            "ParallelStateStarted", null), PARALLEL_STATE_SUCCEEDED("ParallelStateSucceeded",
                    null), PARALLEL_STATE_FAILED("ParallelStateFailed", null), PARALLEL_STATE_ABORTED(
                            "ParallelStateAborted",
                            null), PARALLEL_STATE_EXITED("ParallelStateExited", "stateExitedEventDetails"),

    MAP_STATE_ENTERED("MapStateEntered", "stateEnteredEventDetails"), MAP_STATE_STARTED("MapStateStarted",
            "mapStateStartedEventDetails"), MAP_STATE_SUCCEEDED("MapStateSucceeded",
                    null), MAP_STATE_FAILED("MapStateFailed", null), MAP_STATE_ABORTED("MapStateAborted",
                            null), MAP_STATE_EXITED("MapStateExited", "stateExitedEventDetails"), MAP_ITERATION_STARTED(
                                    "MapIterationStarted",
                                    "mapIterationStartedEventDetails"), MAP_ITERATION_SUCCEEDED("MapIterationSucceeded",
                                            "mapIterationSucceededEventDetails"), MAP_ITERATION_FAILED(
                                                    "MapIterationFailed",
                                                    "mapIterationFailedEventDetails"), MAP_ITERATION_ABORTED(
                                                            "MapIterationAborted",
                                                            "mapIterationAbortedEventDetails"), MAP_RUN_STARTED(
                                                                    "MapRunStarted",
                                                                    "mapRunStartedEventDetails"), MAP_RUN_SUCCEEDED(
                                                                            "MapRunSucceeded", null), MAP_RUN_FAILED(
                                                                                    "MapRunFailed",
                                                                                    "mapRunFailedEventDetails"), MAP_RUN_ABORTED(
                                                                                            "MapRunAborted", null),

    EVALUATION_FAILED("EvaluationFailed", "evaluationFailedEventDetails"), MAP_RUN_REDRIVEN("MapRunRedriven",
            "mapRunRedrivenEventDetails");

    private static final Map<String, EventType> BY_NAME = new HashMap<>();

    static {
        for (EventType type : values()) {
            BY_NAME.put(type.awsName, type);
        }
    }

    private final String awsName;
    private final @Nullable String detailsName;

    EventType(String awsName, @Nullable String detailsName) {
        this.awsName = awsName;
        this.detailsName = detailsName;
    }

    /** The name in the API, for example {@code TaskStateEntered}. */
    public String awsName() {
        return awsName;
    }

    /** The name of the details object in the API, or null where AWS sends none. */
    public @Nullable String detailsName() {
        return detailsName;
    }

    /** The type with this API name; refuses unknown names. */
    public static EventType named(String awsName) {
        EventType type = BY_NAME.get(awsName);
        if (type == null) {
            throw new IllegalArgumentException("no history event type is called " + awsName);
        }
        return type;
    }

    /** Whether this event ends an execution. */
    public boolean endsExecution() {
        return this == EXECUTION_SUCCEEDED || this == EXECUTION_FAILED || this == EXECUTION_TIMED_OUT
                || this == EXECUTION_ABORTED;
    }

    /** Whether this event is the entry into a state. */
    public boolean entersState() {
        return awsName.endsWith("StateEntered");
    }

    /** Whether this event is the exit from a state. */
    public boolean exitsState() {
        return awsName.endsWith("StateExited");
    }
}

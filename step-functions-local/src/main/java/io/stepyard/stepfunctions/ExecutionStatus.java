package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.EventType;

/** Where an execution stands. The ordinal is written to disk: append only. */
public enum ExecutionStatus {
    RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE;

    /** The status after an event that ends an execution; RUNNING after any other. */
    static ExecutionStatus after(EventType event) {
        return switch (event) {
            case EXECUTION_SUCCEEDED -> SUCCEEDED;
            case EXECUTION_FAILED -> FAILED;
            case EXECUTION_TIMED_OUT -> TIMED_OUT;
            case EXECUTION_ABORTED -> ABORTED;
            default -> RUNNING;
        };
    }
}

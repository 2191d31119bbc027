package io.stepyard.core.workflow;

/** The port to the state of executions. Calls are dear (Step Functions gives out few of them), so callers bound their number. */
public interface WorkflowExecutions {

    Standing standing(String executionArn);

    /** Where an execution stands. */
    enum Standing {
        OPEN, SUCCEEDED,
        /** It failed or ran out of its time. */
        FAILED,
        /** Somebody stopped it. */
        ABORTED,
        /** There is no such execution, or not any more. */
        GONE,
        /** Step Functions did not answer; says nothing. */
        UNAVAILABLE
    }
}

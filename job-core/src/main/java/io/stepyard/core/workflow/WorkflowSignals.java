package io.stepyard.core.workflow;

import io.stepyard.core.store.TaskToken;

/** The port to executions that wait with a task token. Idempotent in effect: a token can be answered once. */
public interface WorkflowSignals {

    /** @param outputJson the task's result, at most 262,144 bytes */
    SignalResult success(TaskToken token, String outputJson);

    /**
     * @param error error name, at most 256 characters
     * @param cause at most 32,768 characters; longer ones are cut at the front
     */
    SignalResult failure(TaskToken token, String error, String cause);

    /** What became of a signal. */
    enum SignalResult {
        DELIVERED,
        /** The token was answered before, expired, or belongs to a state that was retried: read again and decide again. */
        SUPERSEDED,
        /** Step Functions did not answer; the signal may have arrived. */
        UNAVAILABLE
    }
}

package io.stepyard.stepfunctions;

/**
 * Hears of executions after what it hears is durable. Calls come one at a time and in order for each execution; a call may
 * come again after a restart. It may block without harm to the engine.
 */
public interface ExecutionListener {
    /** Hears nothing. */
    ExecutionListener NONE = new ExecutionListener() {
    };

    /** An execution began. */
    default void started(ExecutionSummary execution) {}

    /** An execution ended, with its final status. */
    default void ended(ExecutionSummary execution) {}
}

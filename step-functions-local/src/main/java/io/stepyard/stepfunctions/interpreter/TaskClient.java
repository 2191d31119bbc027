package io.stepyard.stepfunctions.interpreter;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Carries out the calls of Task states. Runs on a thread of its own (on virtual time: on the caller's) and may block. A call
 * can come again after a restart, with the same execution and event; it must not do its work twice then.
 */
@FunctionalInterface
public interface TaskClient {
    /**
     * Carries out a call. Whatever goes wrong is an outcome; an exception is taken for a failure of the service.
     *
     * @param submitted
     *            to be told, in the {@code .sync} patterns, what the service answered when the job was submitted
     */
    TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted);

    /** Whether it also carries out nested executions, which the engine otherwise runs itself. */
    default boolean runsNestedExecutions() {
        return false;
    }
}

package io.stepyard.stepfunctions.interpreter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One attempt of a task, ready to be carried out.
 *
 * @param executionArn
 *            the execution it belongs to
 * @param stateName
 *            the state it belongs to
 * @param scheduledEventId
 *            the event that scheduled it; with the execution it names the attempt
 * @param resource
 *            what to call
 * @param parameters
 *            with what
 * @param token
 *            its task token, where a callback brings the result
 * @param timeout
 *            how long the state waits, or null for ever
 */
public record TaskCall(String executionArn, String stateName, long scheduledEventId, TaskResource resource,
        JsonNode parameters, @Nullable String token, @Nullable Duration timeout) {

    /** Parameters may carry a task token, so they are not shown. */
    @Override
    public String toString() {
        return "TaskCall[" + executionArn + " event " + scheduledEventId + " " + resource + "]";
    }
}

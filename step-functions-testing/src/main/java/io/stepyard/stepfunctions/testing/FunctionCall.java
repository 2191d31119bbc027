package io.stepyard.stepfunctions.testing;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One call of a function.
 *
 * @param function
 *            the name it was called by
 * @param payload
 *            what it was given
 * @param at
 *            when, in virtual time
 * @param executionArn
 *            the execution that called
 * @param requestId
 *            the same for every repetition of one attempt
 */
public record FunctionCall(String function, JsonNode payload, Instant at, String executionArn, String requestId) {

    /** Without the payload, which may carry a task token. */
    @Override
    public String toString() {
        return "FunctionCall[" + function + " at " + at + "]";
    }
}

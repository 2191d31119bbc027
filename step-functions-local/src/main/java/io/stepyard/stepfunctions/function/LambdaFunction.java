package io.stepyard.stepfunctions.function;

import tools.jackson.databind.JsonNode;

/**
 * A function that Task states call. Runs on a thread of its own (on virtual time: on the caller's) and may block. It can be
 * called again for the same attempt after a restart, with the same request id.
 */
@FunctionalInterface
public interface LambdaFunction {
    /** Answers a payload. */
    JsonNode invoke(JsonNode payload, FunctionContext context) throws FunctionException;
}

package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.function.FunctionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A function as a lambda: takes the payload, answers anything that becomes JSON. */
@FunctionalInterface
public interface FunctionHandler {
    /**
     * Answers a call.
     *
     * @return a {@link JsonNode}, or a text, number, map, list or record that is turned into one; null becomes JSON null
     * @throws FunctionException
     *             to fail with an error name that Retry and Catch see
     */
    @Nullable
    Object handle(JsonNode payload) throws FunctionException;
}

package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One state to be tried on its own.
 *
 * @param definition
 *            a state, or a machine with {@code stateName}
 * @param stateName
 *            the state of the machine, or null
 * @param input
 *            the state's input
 * @param inspect
 *            whether the steps of the data are wanted (levels DEBUG and TRACE)
 * @param mock
 *            {@code result} or {@code errorOutput} in place of the call, or null
 * @param configuration
 *            {@code retrierRetryCount}, {@code mapIterationFailureCount} and so on, or null
 * @param context
 *            the context object, or null for one that is made up
 * @param variables
 *            values of variables by name, or null
 */
public record StateTestRequest(JsonNode definition, @Nullable String stateName, JsonNode input, boolean inspect,
        @Nullable JsonNode mock, @Nullable JsonNode configuration, @Nullable JsonNode context,
        @Nullable JsonNode variables) {}

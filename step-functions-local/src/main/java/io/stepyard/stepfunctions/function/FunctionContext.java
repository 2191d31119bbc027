package io.stepyard.stepfunctions.function;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a function may know about its call.
 *
 * @param functionName
 *            the name it was called by
 * @param executionArn
 *            the execution that calls
 * @param requestId
 *            the same for every repetition of this attempt
 * @param timeout
 *            how long the state waits, or null for ever
 */
public record FunctionContext(String functionName, String executionArn, String requestId, @Nullable Duration timeout) {}

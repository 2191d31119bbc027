package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * What never changes about an execution.
 *
 * @param number
 *            the engine's own number for it
 * @param arn
 *            its ARN
 * @param name
 *            its name
 * @param stateMachineArn
 *            the ARN of its state machine
 * @param stateMachineName
 *            the name of its state machine
 * @param roleArn
 *            the role of its state machine
 * @param startMillis
 *            when it started
 * @param traceHeader
 *            the X-Ray header it was started with, or null
 */
public record ExecutionInfo(long number, String arn, String name, String stateMachineArn, String stateMachineName,
        String roleArn, long startMillis, @Nullable String traceHeader) {

    /** Express executions cannot be redriven. */
    boolean isExpress() {
        return arn.contains(":express:");
    }
}

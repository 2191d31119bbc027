package io.stepyard.stepfunctions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution in a list.
 *
 * @param executionArn
 *            its ARN
 * @param stateMachineArn
 *            the ARN of its state machine
 * @param name
 *            its name
 * @param status
 *            where it stands
 * @param startDate
 *            when it began
 * @param stopDate
 *            when it ended, or null
 */
public record ExecutionSummary(String executionArn, String stateMachineArn, String name, ExecutionStatus status,
        Instant startDate, @Nullable Instant stopDate) {}

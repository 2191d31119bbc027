package io.stepyard.stepfunctions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a distributed Map.
 *
 * @param mapRunArn
 *            its ARN
 * @param executionArn
 *            the execution whose Map state it is
 * @param stateMachineArn
 *            the machine of its child executions: the execution's own with the run's label
 * @param status
 *            where it stands: RUNNING, SUCCEEDED, FAILED or ABORTED
 * @param startDate
 *            when it began
 * @param stopDate
 *            when it ended, or null
 * @param maxConcurrency
 *            how many children run at once; 0 where the state sets no limit
 * @param toleratedFailureCount
 *            how many failures it bears
 * @param toleratedFailurePercentage
 *            which part of failures it bears, 0 to 100
 * @param items
 *            how its items stand
 * @param executions
 *            how its child executions stand
 * @param redriveCount
 *            how often it was redriven
 * @param redriveDate
 *            when it was last redriven, or null
 */
public record MapRunDescription(String mapRunArn, String executionArn, String stateMachineArn, ExecutionStatus status,
        Instant startDate, @Nullable Instant stopDate, long maxConcurrency, long toleratedFailureCount,
        double toleratedFailurePercentage, Counts items, Counts executions, int redriveCount,
        @Nullable Instant redriveDate) {

    /** How many of them stand how. */
    public record Counts(long pending, long running, long succeeded, long failed, long timedOut, long aborted,
            long resultsWritten) {
        /** All together. */
        public long total() {
            return pending + running + succeeded + failed + timedOut + aborted;
        }
    }
}

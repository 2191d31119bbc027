package io.stepyard.stepfunctions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution with its data.
 *
 * @param summary
 *            what a list shows of it
 * @param input
 *            JSON text
 * @param output
 *            JSON text, or null where it did not succeed
 * @param error
 *            the error name, or null
 * @param cause
 *            the cause, or null
 * @param traceHeader
 *            the X-Ray header it was started with, or null
 * @param redriveCount
 *            how often it was redriven
 * @param redriveDate
 *            when it was last redriven, or null
 * @param versionArn
 *            the version it was started with, or null
 * @param aliasArn
 *            the alias it was started by, or null
 * @param mapRunArn
 *            the run of a distributed Map it is a child of, or null
 */
public record ExecutionDescription(ExecutionSummary summary, String input, @Nullable String output,
        @Nullable String error, @Nullable String cause, @Nullable String traceHeader, int redriveCount,
        @Nullable Instant redriveDate, @Nullable String versionArn, @Nullable String aliasArn,
        @Nullable String mapRunArn) {

    /** Inputs and outputs may carry secrets, so they are not shown. */
    @Override
    public String toString() {
        return "ExecutionDescription[" + summary + "]";
    }
}

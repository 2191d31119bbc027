package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * How a child execution of a distributed Map stands.
 *
 * @param over
 *            whether it ended
 * @param output
 *            JSON text, or null where it did not succeed
 * @param error
 *            the error name, or null
 * @param cause
 *            the cause, or null
 */
public record ChildOutcome(boolean over, @Nullable String output, @Nullable String error, @Nullable String cause) {

    /** Inputs and outputs may carry secrets, so they are not shown. */
    @Override
    public String toString() {
        return "ChildOutcome[" + (over ? error == null ? "succeeded" : error : "running") + "]";
    }
}

package io.stepyard.model.job;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with an attempt, as the cluster told it.
 *
 * @param failureClass the class a retry policy speaks of
 * @param code short machine word, for instance {@code EXIT_3} or {@code TIME_LIMIT}
 * @param message one sentence for people
 * @param exitCode exit code of the program, where there was one
 * @param errorOutput last part of the program's error output, at most {@value #MAX_ERROR_OUTPUT_BYTES} bytes; null while it has not been fetched
 */
public record Failure(FailureClass failureClass, String code, String message, @Nullable Integer exitCode,
        @Nullable String errorOutput) {

    /** A Step Functions cause may be 32,768 characters; the last 16 KB of error output leave room for the rest. */
    public static final int MAX_ERROR_OUTPUT_BYTES = 16 * 1024;

    /** Code of a refusal of the submission itself: the same submission is refused every time, so none follows. */
    public static final String INVALID = "INVALID";

    /** False when the same attempt would fail in the same way whatever the retry policy says. */
    public boolean mayPassByItself() {
        return failureClass != FailureClass.REFUSED || !code.equals(INVALID);
    }

    public Failure withErrorOutput(String output) {
        return new Failure(failureClass, code, message, exitCode, output);
    }
}

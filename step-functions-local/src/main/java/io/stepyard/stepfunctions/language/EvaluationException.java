package io.stepyard.stepfunctions.language;

import org.jspecify.annotations.Nullable;

/** A path, template or expression could not be evaluated. The interpreter turns it into the failure of a state. */
public final class EvaluationException extends RuntimeException {
    private final String error;
    private final @Nullable String location;
    private final boolean entered;

    public EvaluationException(String error, String detail, @Nullable String location) {
        this(error, detail, location, false);
    }

    /** An error that came up after the state had been entered, which shows in the history. */
    public EvaluationException(String error, String detail, @Nullable String location, boolean entered) {
        super(detail);
        this.entered = entered;
        this.error = error;
        this.location = location;
    }

    /** A {@code States.Runtime} error without a place. */
    public static EvaluationException runtime(String detail) {
        return new EvaluationException(ErrorNames.RUNTIME, detail, null);
    }

    /** The AWS error name. */
    public String error() {
        return error;
    }

    /** What went wrong, without the sentence that names the state. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The field concerned, for example {@code Output/result}, where AWS names one. */
    public @Nullable String location() {
        return location;
    }

    /** Whether the state had been entered before. */
    public boolean entered() {
        return entered;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

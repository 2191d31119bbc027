package io.stepyard.stepfunctions;

/** The API refuses a call. Messages name what was found and what is expected, never a task token. */
public final class StepFunctionsException extends RuntimeException {
    private final ErrorCode code;

    public StepFunctionsException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}

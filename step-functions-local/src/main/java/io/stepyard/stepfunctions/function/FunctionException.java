package io.stepyard.stepfunctions.function;

/** A function failed, as a Lambda function that throws: the type becomes the error name that Retry and Catch see. */
public final class FunctionException extends Exception {
    private final String errorType;
    private final String errorMessage;

    public FunctionException(String errorType, String errorMessage) {
        super(errorType + ": " + errorMessage);
        this.errorType = errorType;
        this.errorMessage = errorMessage;
    }

    /** The error name. */
    public String errorType() {
        return errorType;
    }

    /** What went wrong. */
    public String errorMessage() {
        return errorMessage;
    }
}

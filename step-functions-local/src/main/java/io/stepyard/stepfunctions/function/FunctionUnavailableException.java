package io.stepyard.stepfunctions.function;

/** A function could not be reached or its service refused: the error name is one of {@code Lambda.*}. */
public final class FunctionUnavailableException extends RuntimeException {
    private final String error;

    public FunctionUnavailableException(String error, String cause) {
        super(cause);
        this.error = error;
    }

    /** For example {@code Lambda.SdkClientException}. */
    public String error() {
        return error;
    }
}

package io.stepyard.cli.service;

/** An end of a command that the user can act on: one line that says what to do next, and an exit code. */
public final class YardFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public YardFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public YardFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}

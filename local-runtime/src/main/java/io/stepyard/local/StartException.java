package io.stepyard.local;

/** The runtime cannot start. The message is one line for people; the exit code is distinct for each cause. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, with the exit code of the process: those of the one table in docs/yard.md. A cluster process uses the same. */
    enum Reason {
        FAILED(10), USAGE(2), STATE_DIRECTORY_IN_USE(7), PORT_TAKEN(8), STATE_UNUSABLE(9);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    StartException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    StartException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}

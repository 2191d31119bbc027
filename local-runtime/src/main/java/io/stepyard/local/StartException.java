package io.stepyard.local;

/** The runtime cannot start. The message is one line for people; the exit code is distinct for each cause. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, with the exit code of the process. A cluster process uses the same codes. */
    enum Reason {
        FAILED(1), USAGE(2), STATE_DIRECTORY_IN_USE(3), PORT_TAKEN(4), STATE_UNUSABLE(5);

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

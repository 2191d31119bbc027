package io.stepyard.localcluster;

/** The cluster cannot start; the message is one line for people. */
public final class ClusterStartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, with the exit code of the process: those of the one table in docs/yard.md. */
    public enum Reason {
        STATE_DIRECTORY_IN_USE(7), PORT_TAKEN(8), STATE_UNUSABLE(9);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    ClusterStartException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    ClusterStartException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

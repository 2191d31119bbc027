package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/** A state failed; Retry and Catch of the state decide what follows. */
final class StateFailure extends RuntimeException {
    private final @Nullable String error;
    private final @Nullable String cause;
    private final boolean heartbeat;
    private final boolean ofBranch;

    StateFailure(@Nullable String error, @Nullable String cause, boolean heartbeat) {
        this(error, cause, heartbeat, false);
    }

    StateFailure(@Nullable String error, @Nullable String cause, boolean heartbeat, boolean ofBranch) {
        super(error);
        this.ofBranch = ofBranch;
        this.error = error;
        this.cause = cause;
        this.heartbeat = heartbeat;
    }

    StateFailure(@Nullable String error, @Nullable String cause) {
        this(error, cause, false);
    }

    @Nullable
    String error() {
        return error;
    }

    @Nullable
    String cause() {
        return cause;
    }

    /** Whether a heartbeat that did not come is behind it. */
    boolean heartbeat() {
        return heartbeat;
    }

    /** Whether it came out of a branch or iteration of the state. */
    boolean ofBranch() {
        return ofBranch;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/** A state failed; Retry and Catch of the state decide what follows. */
final class StateFailure extends RuntimeException {
    private final @Nullable String error;
    private final @Nullable String cause;
    private final boolean heartbeat;
    private final @Nullable Long millis;

    StateFailure(@Nullable String error, @Nullable String cause, boolean heartbeat) {
        this(error, cause, heartbeat, null);
    }

    /** A failure that the history tells of: it happened at {@code millis}. */
    StateFailure(@Nullable String error, @Nullable String cause, boolean heartbeat, @Nullable Long millis) {
        super(error);
        this.millis = millis;
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

    /** When it happened; {@code now} where it just did. */
    long millis(long now) {
        return millis == null ? now : millis;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

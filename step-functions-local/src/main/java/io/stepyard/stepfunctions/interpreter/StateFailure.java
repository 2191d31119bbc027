package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import org.jspecify.annotations.Nullable;

/** A state failed; Retry and Catch of the state decide what follows. */
final class StateFailure extends RuntimeException {
    private static final int MAX_ERROR_CHARS = 256;
    private static final int MAX_CAUSE_CHARS = 32_768;

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

    /** Error and cause as an event holds them: no longer than AWS lets them be. */
    static EventDetails details(@Nullable String error, @Nullable String cause) {
        return EventDetails.builder().put(Detail.CAUSE, cut(cause, MAX_CAUSE_CHARS))
                .put(Detail.ERROR, cut(error, MAX_ERROR_CHARS)).build();
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
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

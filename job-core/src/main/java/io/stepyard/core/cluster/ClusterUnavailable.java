package io.stepyard.core.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A cluster gave no usable answer. Says nothing about any job. A submission that ended this way is ambiguous unless
 * {@link Kind#NOT_SENT}: it must be looked up by its key before anything else.
 */
public final class ClusterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How it went wrong. */
    public enum Kind {
        /** The call did not reach the cluster: no connection. */
        NOT_SENT,
        /** No answer within the time-out. */
        TIMED_OUT,
        /** An answer that is no answer: an error page, a malformed body, absurd numbers. */
        NONSENSE
    }

    private final Kind kind;

    public ClusterUnavailable(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

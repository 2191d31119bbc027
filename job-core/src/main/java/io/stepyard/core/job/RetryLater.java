package io.stepyard.core.job;

import org.jspecify.annotations.Nullable;

/** The world is in the way for now: call again after a pause. The state machine retries this by name. */
public final class RetryLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RetryLater(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

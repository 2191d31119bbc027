package io.stepyard.core.store;

import org.jspecify.annotations.Nullable;

/** The store did not answer, or answered that it is overloaded. Retryable; a commit that ended this way may have happened. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.stepyard.stepfunctions.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be read or written; nothing that follows would be durable. */
public final class JournalException extends RuntimeException {
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

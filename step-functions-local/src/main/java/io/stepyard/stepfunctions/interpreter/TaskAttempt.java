package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;

/** One attempt of a task under way. */
final class TaskAttempt {
    private final @Nullable String token;
    private boolean submitted;
    private long scheduledEventId;
    private @Nullable Long heartbeatSeconds;

    /** An attempt that is about to be scheduled; its parameters may name its token. */
    TaskAttempt(@Nullable String token) {
        this.token = token;
    }

    void scheduled(long eventId, @Nullable Long heartbeat) {
        scheduledEventId = eventId;
        heartbeatSeconds = heartbeat;
    }

    boolean submitted() {
        return submitted;
    }

    void submit() {
        submitted = true;
    }

    @Nullable
    String token() {
        return token;
    }

    long scheduledEventId() {
        return scheduledEventId;
    }

    @Nullable
    Long heartbeatSeconds() {
        return heartbeatSeconds;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "TaskAttempt[scheduled by event " + scheduledEventId + "]";
    }
}

package io.stepyard.core.job;

/**
 * What GetJobStatus tells the state machine.
 *
 * @param waitSeconds how long to wait before the next look, 1 or more
 */
public record StatusReply(Status status, int waitSeconds, Grant grant) {

    /** IN_PROGRESS: wait and ask again. SUCCEEDED: done. ENDED: fetch the error output, then retry or fail. */
    public enum Status {
        IN_PROGRESS, SUCCEEDED, ENDED
    }
}

package io.stepyard.core.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What GetErrorOutput tells the state machine, in the field names of Step Functions' own error output.
 *
 * @param retry whether the job goes back to the queue
 * @param waitSeconds the pause before that
 * @param error error name, at most 256 characters
 * @param cause the sentence and the end of the cluster's own error output (A15, A33), at most 32,768 characters
 */
public record ErrorReply(boolean retry, int waitSeconds, @JsonProperty("Error") String error,
        @JsonProperty("Cause") String cause) {

    public static final int MAX_CAUSE_CHARACTERS = 32_768;
    public static final String CANCELLED = "JobCancelled";
}

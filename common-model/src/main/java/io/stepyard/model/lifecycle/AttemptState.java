package io.stepyard.model.lifecycle;

/** Where one try of a job on one cluster is. What may follow what is in {@link Lifecycles#ATTEMPT}. */
public enum AttemptState {
    GRANTED, STARTING, RUNNING, UNKNOWN, CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED,
    /** The cluster had accepted it and no longer knows it. */
    LOST,
    /** The grant ended before anything was submitted. */
    EXPIRED;

    public boolean isFinal() {
        return Lifecycles.ATTEMPT.isFinal(this);
    }
}

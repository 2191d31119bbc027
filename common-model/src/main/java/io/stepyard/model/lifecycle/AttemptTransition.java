package io.stepyard.model.lifecycle;

/** What can happen to an attempt. */
public enum AttemptTransition {
    START, SEE_PENDING, SEE_RUNNING, LOSE_SIGHT, ASK_CANCEL, SUCCEED, FAIL, TIME_OUT, CANCEL,
    /** The cluster answers, and knows nothing of the attempt it had accepted. */
    VANISH,
    /** The grant is given back unused. */
    EXPIRE
}

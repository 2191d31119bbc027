package io.stepyard.model.lifecycle;

/** What can happen to a job. */
public enum JobTransition {
    /** The scheduler committed a placement. */
    GRANT,
    /** The pause before another attempt is over; the job goes back to the queue. */
    REQUEUE,
    /** The submission is announced: from here on the cluster may have the job. */
    START,
    /** The cluster has the job but has not started it. */
    SEE_PENDING,
    /** The cluster runs the job. */
    SEE_RUNNING,
    /** The cluster cannot be asked. */
    LOSE_SIGHT,
    /** Somebody asked for the job's end while a cluster may have it. */
    ASK_CANCEL,
    /** The attempt failed and another will follow. */
    BACK_OFF,
    /** The cluster reports success. */
    SUCCEED,
    /** No attempt is left, or the failure is not one to retry. */
    FAIL,
    /** The last attempt was ended at its time limit. */
    TIME_OUT,
    /** The job ended because somebody asked for it, confirmed where a cluster had it. */
    CANCEL
}

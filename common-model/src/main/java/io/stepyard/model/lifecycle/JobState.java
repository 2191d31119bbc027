package io.stepyard.model.lifecycle;

/** Where a job is in its life. What may follow what is in {@link Lifecycles#JOB}. */
public enum JobState {
    /** Waits in the queue with a task token; holds nothing. */
    QUEUED("QU"),
    /** The scheduler has reserved room on a cluster; the execution is being told. */
    GRANTED("GR"),
    /** The submission to the cluster has been announced in the store and may have happened; not yet seen running. */
    STARTING("ST"),
    /** Seen running on its cluster. */
    RUNNING("RU"),
    /** Its cluster cannot be reached or makes no sense; says nothing about the job, which keeps its reservation. */
    UNKNOWN("UN"),
    /** Somebody asked for its end; the cluster has not confirmed it yet. */
    CANCELLING("CG"),
    /** The last attempt failed, another one follows after a pause; holds nothing. */
    BACKOFF("BO"),
    /** Ended well. */
    SUCCEEDED("SU"),
    /** Ended with an error of its own or of its clusters, and no attempt is left. */
    FAILED("FA"),
    /** Ended by the cluster at the job's time limit, and no attempt is left. */
    TIMED_OUT("TO"),
    /** Ended because somebody asked for it. */
    CANCELLED("CA");

    private final String code;

    JobState(String code) {
        this.code = code;
    }

    /** Two letters for narrow tables. */
    public String code() {
        return code;
    }

    public boolean isFinal() {
        return Lifecycles.JOB.isFinal(this);
    }

    /** Whether a job in this state holds a reservation on a cluster. */
    public boolean holdsReservation() {
        return switch (this) {
            case GRANTED, STARTING, RUNNING, UNKNOWN, CANCELLING -> true;
            case QUEUED, BACKOFF, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> false;
        };
    }
}

package io.stepyard.localcluster;

/** Where a run is in its life. */
public enum RunState {
    /** Accepted, not started. */
    PENDING, RUNNING,
    /** Ended by itself with exit code 0. */
    SUCCEEDED,
    /** Ended by itself with another exit code, or could not be started. */
    FAILED,
    /** Ended by the cluster at the run's time limit. */
    TIMED_OUT,
    /** Ended because somebody asked for it. */
    CANCELLED,
    /** Ended by the cluster's own shutdown, or lost with the machine. */
    KILLED;

    public boolean isEnded() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, KILLED -> true;
        };
    }
}

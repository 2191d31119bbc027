package io.stepyard.model.job;

/** Why an attempt did not succeed, in the classes that a retry policy can name. */
public enum FailureClass {
    /** The job's own program failed: a non-zero exit code, an exception, access denied. */
    USER_ERROR,
    /** The cluster failed the job: a node died, the launch did not work, the cluster was shut down. */
    INFRASTRUCTURE,
    /** The cluster no longer knows the attempt although it had accepted it. */
    LOST,
    /** The attempt ran longer than the job's time limit and was ended by the cluster. */
    TIME_LIMIT,
    /** The cluster would not take the attempt. */
    REFUSED
}

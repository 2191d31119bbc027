package io.stepyard.model.lifecycle;

/** The two lifecycles of the product (I22). The diagrams in docs/job-lifecycle.md are written from these tables by a test. */
public final class Lifecycles {

    public static final Lifecycle<JobState, JobTransition> JOB = jobTable();

    public static final Lifecycle<AttemptState, AttemptTransition> ATTEMPT = attemptTable();

    private Lifecycles() {}

    private static Lifecycle<JobState, JobTransition> jobTable() {
        Lifecycle.Builder<JobState, JobTransition> table = Lifecycle.of("job", JobState.class, JobTransition.class);
        table.add(JobState.QUEUED, JobTransition.GRANT, JobState.GRANTED)
                .add(JobState.QUEUED, JobTransition.FAIL, JobState.FAILED)
                .add(JobState.QUEUED, JobTransition.CANCEL, JobState.CANCELLED);
        table.add(JobState.GRANTED, JobTransition.START, JobState.STARTING)
                .add(JobState.GRANTED, JobTransition.FAIL, JobState.FAILED)
                // Nothing was submitted: START is a conditional write, so it cannot follow this one.
                .add(JobState.GRANTED, JobTransition.CANCEL, JobState.CANCELLED);
        jobOnCluster(table, JobState.STARTING);
        jobOnCluster(table, JobState.RUNNING);
        jobOnCluster(table, JobState.UNKNOWN);
        table.add(JobState.STARTING, JobTransition.SEE_RUNNING, JobState.RUNNING)
                .add(JobState.STARTING, JobTransition.LOSE_SIGHT, JobState.UNKNOWN)
                // The cluster has put it back to its own queue, for instance after the loss of a node.
                .add(JobState.RUNNING, JobTransition.SEE_PENDING, JobState.STARTING)
                .add(JobState.RUNNING, JobTransition.LOSE_SIGHT, JobState.UNKNOWN)
                .add(JobState.UNKNOWN, JobTransition.SEE_PENDING, JobState.STARTING)
                .add(JobState.UNKNOWN, JobTransition.SEE_RUNNING, JobState.RUNNING);
        // It ended by itself before the cancel reached it: the cluster's truth is what is reported (I-10).
        table.add(JobState.CANCELLING, JobTransition.SUCCEED, JobState.SUCCEEDED)
                .add(JobState.CANCELLING, JobTransition.CANCEL, JobState.CANCELLED);
        table.add(JobState.BACKOFF, JobTransition.REQUEUE, JobState.QUEUED)
                .add(JobState.BACKOFF, JobTransition.FAIL, JobState.FAILED)
                .add(JobState.BACKOFF, JobTransition.CANCEL, JobState.CANCELLED);
        return table.build();
    }

    private static void jobOnCluster(Lifecycle.Builder<JobState, JobTransition> table, JobState from) {
        table.add(from, JobTransition.ASK_CANCEL, JobState.CANCELLING)
                .add(from, JobTransition.BACK_OFF, JobState.BACKOFF)
                .add(from, JobTransition.SUCCEED, JobState.SUCCEEDED)
                .add(from, JobTransition.FAIL, JobState.FAILED).add(from, JobTransition.TIME_OUT, JobState.TIMED_OUT)
                // The cluster itself says cancelled: an operator ended it there.
                .add(from, JobTransition.CANCEL, JobState.CANCELLED);
    }

    private static Lifecycle<AttemptState, AttemptTransition> attemptTable() {
        Lifecycle.Builder<AttemptState, AttemptTransition> table = Lifecycle.of("attempt", AttemptState.class,
                AttemptTransition.class);
        table.add(AttemptState.GRANTED, AttemptTransition.START, AttemptState.STARTING)
                .add(AttemptState.GRANTED, AttemptTransition.CANCEL, AttemptState.CANCELLED)
                .add(AttemptState.GRANTED, AttemptTransition.EXPIRE, AttemptState.EXPIRED);
        attemptOnCluster(table, AttemptState.STARTING);
        attemptOnCluster(table, AttemptState.RUNNING);
        attemptOnCluster(table, AttemptState.UNKNOWN);
        table.add(AttemptState.STARTING, AttemptTransition.SEE_RUNNING, AttemptState.RUNNING)
                .add(AttemptState.STARTING, AttemptTransition.LOSE_SIGHT, AttemptState.UNKNOWN)
                .add(AttemptState.RUNNING, AttemptTransition.SEE_PENDING, AttemptState.STARTING)
                .add(AttemptState.RUNNING, AttemptTransition.LOSE_SIGHT, AttemptState.UNKNOWN)
                .add(AttemptState.UNKNOWN, AttemptTransition.SEE_PENDING, AttemptState.STARTING)
                .add(AttemptState.UNKNOWN, AttemptTransition.SEE_RUNNING, AttemptState.RUNNING);
        table.add(AttemptState.CANCELLING, AttemptTransition.SUCCEED, AttemptState.SUCCEEDED)
                .add(AttemptState.CANCELLING, AttemptTransition.CANCEL, AttemptState.CANCELLED);
        return table.build();
    }

    private static void attemptOnCluster(Lifecycle.Builder<AttemptState, AttemptTransition> table, AttemptState from) {
        table.add(from, AttemptTransition.ASK_CANCEL, AttemptState.CANCELLING)
                .add(from, AttemptTransition.SUCCEED, AttemptState.SUCCEEDED)
                .add(from, AttemptTransition.FAIL, AttemptState.FAILED)
                .add(from, AttemptTransition.TIME_OUT, AttemptState.TIMED_OUT)
                .add(from, AttemptTransition.CANCEL, AttemptState.CANCELLED)
                .add(from, AttemptTransition.VANISH, AttemptState.LOST);
    }
}

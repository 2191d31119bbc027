package io.stepyard.api.jobs;

import io.stepyard.core.store.JobRun;

/** Ends a job because somebody asked for it. Idempotent: asking again for a job that is being cancelled changes nothing. */
@FunctionalInterface
public interface JobCancellation {

    /**
     * @param actor who asks, for the audit trail
     * @param reason one sentence for people
     */
    Outcome cancel(String jobId, String actor, String reason);

    /** What came of it. */
    sealed interface Outcome {

        /** The job is cancelled, or will be once its cluster has confirmed it. */
        record Accepted(JobRun run) implements Outcome {}

        /** The job has ended otherwise before. */
        record AlreadyEnded(JobRun run) implements Outcome {}

        record NoSuchJob() implements Outcome {}
    }
}

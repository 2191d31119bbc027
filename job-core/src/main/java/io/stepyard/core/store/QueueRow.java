package io.stepyard.core.store;

import io.stepyard.model.job.JobSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A waiting job (table JobQueue, key jobId and priority as in the source design, A18): what a pass needs and the task token as
 * {@code callbackId}. It is there only while the job waits (A20).
 *
 * @param attemptsMade attempts that have been made before
 * @param token present when the row is written; null in rows that {@link JobStore#waiting} has read, because the index that orders
 *        the queue does not carry tokens (the run row does)
 * @param held somebody asked not to start it; the run row says who and why
 */
public record QueueRow(String jobId, int priority, Instant enqueuedAt, int attemptsMade, JobSpec spec,
        @Nullable TaskToken token, boolean held) {

    /** A row that nobody holds. */
    public QueueRow(String jobId, int priority, Instant enqueuedAt, int attemptsMade, JobSpec spec,
            @Nullable TaskToken token) {
        this(jobId, priority, enqueuedAt, attemptsMade, spec, token, false);
    }

    /** The row that goes with a waiting run. */
    public static QueueRow of(JobRun run, @Nullable TaskToken token) {
        return new QueueRow(run.jobId(), run.spec().priority(), run.queuedAt(), run.attempts().size(), run.spec(),
                token, run.isHeld());
    }
}

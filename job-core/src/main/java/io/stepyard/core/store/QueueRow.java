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
 */
public record QueueRow(String jobId, int priority, Instant enqueuedAt, int attemptsMade, JobSpec spec,
        @Nullable TaskToken token) {}

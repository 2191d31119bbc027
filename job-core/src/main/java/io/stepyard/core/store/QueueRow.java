package io.stepyard.core.store;

import io.stepyard.model.job.JobSpec;
import java.time.Instant;

/**
 * A waiting job (table JobQueue, key jobId and priority as in the source design, A18): what a pass needs and the task token as
 * {@code callbackId}. It is there only while the job waits (A20).
 *
 * @param attemptsMade attempts that have been made before
 * @param token answered when the job is granted; not part of the index that orders the queue
 */
public record QueueRow(String jobId, int priority, Instant enqueuedAt, int attemptsMade, JobSpec spec,
        TaskToken token) {}

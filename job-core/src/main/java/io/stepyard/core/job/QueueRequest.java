package io.stepyard.core.job;

import io.stepyard.core.store.TaskToken;
import java.time.Instant;

/**
 * What the state machine's JobQueueRequest brings.
 *
 * @param jobId the execution's name
 * @param jobJson the execution's input as it came
 * @param token answered when the job may start, or when it is refused
 */
public record QueueRequest(String jobId, String executionArn, Instant startedAt, String jobJson, TaskToken token) {}

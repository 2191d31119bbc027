package io.stepyard.core.cluster;

import io.stepyard.model.job.JobSpec;

/**
 * An attempt to be submitted.
 *
 * @param key idempotency key: jobId and attempt number
 * @param jobId for people who look at the cluster itself
 */
public record Submission(String key, String jobId, int attempt, JobSpec spec) {}

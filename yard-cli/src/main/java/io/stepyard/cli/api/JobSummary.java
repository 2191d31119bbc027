package io.stepyard.cli.api;

import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line about a job, as the job API's lists give it.
 *
 * @param cluster where it runs or ran last; null before its first grant
 * @param reason why it waits; null when it does not wait
 */
public record JobSummary(String jobId, String name, String tenant, int priority, JobState state, int cpuMillicores,
        long memoryMib, long timeLimitSeconds, @Nullable Instant submittedAt, @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt, @Nullable String cluster, int attemptsMade, @Nullable String reason,
        @Nullable FailureView failure) {}

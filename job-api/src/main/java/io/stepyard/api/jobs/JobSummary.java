package io.stepyard.api.jobs;

import io.stepyard.core.store.JobRun;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One job in a list.
 *
 * @param submittedAt when its execution was started
 * @param queuedAt when it joined the queue the last time
 * @param startedAt when its latest attempt started on its cluster; null before that
 * @param cluster of its latest attempt; null before the first
 * @param attemptsMade how many attempts there were
 * @param reason why it waits or is out of sight, as one text; null when it does neither
 * @param failure why it did not succeed; null when it did or has not ended
 */
public record JobSummary(String jobId, String name, String tenant, int priority, JobState state, long cpuMillicores,
        long memoryMib, long timeLimitSeconds, Instant submittedAt, Instant queuedAt, @Nullable Instant startedAt,
        @Nullable Instant endedAt, @Nullable String cluster, int attemptsMade, @Nullable String reason,
        @Nullable FailureView failure) {

    public static JobSummary of(JobRun run, @Nullable String reason) {
        var latest = run.latestAttempt();
        var spec = run.spec();
        return new JobSummary(run.jobId(), spec.name(), spec.tenant(), spec.priority(), run.state(),
                spec.resources().cpuMillicores(), spec.resources().memoryMib(), spec.timeLimit().toSeconds(),
                run.submittedAt(), run.queuedAt(), latest.map(attempt -> attempt.startedAt()).orElse(null),
                run.endedAt(), latest.map(attempt -> attempt.cluster()).orElse(null), run.attempts().size(), reason,
                FailureView.of(run.failure()));
    }
}

package io.stepyard.cli.api;

import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Everything the job API tells about one job: its line, the job JSON, its attempts and why it waits. */
public record JobDetail(String jobId, String name, String tenant, int priority, JobState state, int cpuMillicores,
        long memoryMib, long timeLimitSeconds, @Nullable Instant submittedAt, @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt, @Nullable String cluster, int attemptsMade, @Nullable String reason,
        @Nullable FailureView failure, @Nullable JsonNode job, @Nullable String executionArn,
        List<AttemptView> attempts, List<ReasonView> reasons) {

    public JobDetail {
        attempts = List.copyOf(Objects.requireNonNullElse(attempts, List.of()));
        reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
    }

    /** The job's failure with all that is known of it: the lists leave the error output to the attempts. */
    public @Nullable FailureView wholeFailure() {
        FailureView last = failure == null || attempts.isEmpty() ? null : attempts.getLast().failure();
        return last == null ? failure : last;
    }
}

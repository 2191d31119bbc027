package io.stepyard.core.store;

import io.stepyard.model.job.Failure;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authority on one job's life (table JobRuns, key jobId).
 *
 * @param version counts the writes of this row; every write names the version it replaces
 * @param executionArn the execution this job belongs to; another execution of the same name is not this job
 * @param token of the waiting JobQueueRequest, from acceptance until the grant has been used; a job cancelled before that keeps it; null otherwise
 * @param submittedAt when the execution was started
 * @param queuedAt when it joined the queue the last time
 * @param endedAt when the job became final
 * @param attempts oldest first
 * @param failure why it did not succeed, once it is final and did not
 * @param events audit trail, oldest first, at most {@value #MAX_EVENTS}
 * @param hold why it is not to be started while it waits; null when it may be
 */
public record JobRun(String jobId, long version, JobSpec spec, JobState state, String executionArn,
        @Nullable TaskToken token,
        Instant submittedAt, Instant queuedAt, Instant updatedAt, @Nullable Instant endedAt, List<Attempt> attempts,
        @Nullable Failure failure, List<JobEvent> events, @Nullable Hold hold) {

    public static final int MAX_EVENTS = 200;

    public JobRun {
        attempts = List.copyOf(attempts);
        events = events.size() <= MAX_EVENTS
                ? List.copyOf(events)
                : List.copyOf(events.subList(events.size() - MAX_EVENTS, events.size()));
    }

    /** A job that nobody holds. */
    public JobRun(String jobId, long version, JobSpec spec, JobState state, String executionArn,
            @Nullable TaskToken token, Instant submittedAt, Instant queuedAt, Instant updatedAt,
            @Nullable Instant endedAt, List<Attempt> attempts, @Nullable Failure failure, List<JobEvent> events) {
        this(jobId, version, spec, state, executionArn, token, submittedAt, queuedAt, updatedAt, endedAt, attempts,
                failure, events, null);
    }

    /** The same row with the token that the store keeps beside it. */
    public JobRun withToken(@Nullable TaskToken kept) {
        return new JobRun(jobId, version, spec, state, executionArn, kept, submittedAt, queuedAt, updatedAt, endedAt,
                attempts, failure, events, hold);
    }

    public boolean isHeld() {
        return hold != null;
    }

    public Optional<Attempt> latestAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    /** The attempt that holds a reservation, if one does. */
    public Optional<Attempt> liveAttempt() {
        return state.holdsReservation() ? latestAttempt() : Optional.empty();
    }

    /** Time the job has held its clusters so far, pending and out of sight included, all attempts together; queueing does not count. */
    public Duration heldFor(Instant now) {
        return attempts.stream().map(attempt -> attempt.heldFor(now)).reduce(Duration.ZERO, Duration::plus);
    }
}

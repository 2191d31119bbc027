package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks a cluster how an attempt is and records the answer (A12-A15, A32). What gives no usable answer is UNKNOWN and keeps its
 * reservation (decision 6); the reservation ends with a confirmed end and in the same transaction.
 */
public final class ObserveAttempt {

    private final JobDesk desk;
    private final PollPolicy polls;

    public ObserveAttempt(JobDesk desk, PollPolicy polls) {
        this.desk = desk;
        this.polls = polls;
    }

    /** @throws GrantExpired when this grant is not the job's present one and the job has not ended */
    public StatusReply observe(Grant grant) {
        JobRun run = desk.store().run(grant.jobId())
                .orElseThrow(() -> new GrantExpired("There is no job " + grant.jobId()));
        boolean present = run.latestAttempt().map(attempt -> attempt.grantId().equals(grant.grantId())).orElse(false);
        boolean unstarted = run.state() == JobState.GRANTED || run.state() == JobState.QUEUED;
        if (!run.state().isFinal() && (!present || unstarted)) {
            throw new GrantExpired("Grant " + grant.grantId() + " of job " + grant.jobId()
                    + " is not in use; the job is " + run.state());
        }
        return reply(run.state().holdsReservation() ? look(run) : run, grant);
    }

    /** One look at the live attempt of a job, for whoever watches over it beside its execution. */
    public JobRun look(JobRun run) {
        Attempt attempt = run.attempts().getLast();
        if (attempt.state() == AttemptState.GRANTED) {
            return run;
        }
        return record(run, attempt, see(run, attempt));
    }

    /**
     * Records what the cluster has told of a live attempt by itself, under the attempt's key. A good end says all there is to know;
     * anything else is looked at, because it takes more than the news.
     */
    public JobRun heard(JobRun run, String clusterJobId, Observation told) {
        Attempt attempt = run.attempts().getLast();
        boolean same = attempt.clusterJobId() == null || attempt.clusterJobId().equals(clusterJobId);
        return same && attempt.state() != AttemptState.GRANTED && told instanceof Observation.Succeeded
                ? record(run, attempt, new Sight.Seen(told))
                : look(run);
    }

    private JobRun record(JobRun run, Attempt attempt, Sight sight) {
        return desk.change(run.jobId(), stored -> {
            boolean same = stored.latestAttempt().map(latest -> latest.grantId().equals(attempt.grantId()))
                    .orElse(false);
            return same && stored.state().holdsReservation() ? next(stored, sight) : Optional.empty();
        }).map(JobDesk.Change::after).orElse(run);
    }

    private StatusReply reply(JobRun run, Grant grant) {
        return switch (run.state()) {
            case SUCCEEDED -> new StatusReply(StatusReply.Status.SUCCEEDED, 1, grant);
            case FAILED, TIMED_OUT, CANCELLED, BACKOFF -> new StatusReply(StatusReply.Status.ENDED, 1, grant);
            case QUEUED, GRANTED, STARTING, RUNNING, UNKNOWN, CANCELLING ->
                new StatusReply(StatusReply.Status.IN_PROGRESS,
                        polls.waitSeconds(run.heldFor(desk.clock().instant())), grant);
        };
    }

    /** What was seen, with the error output fetched while the cluster is at hand. */
    private sealed interface Sight {
        record Seen(Observation observation) implements Sight {}

        record Nothing(String detail) implements Sight {}
    }

    private Sight see(JobRun run, Attempt attempt) {
        Optional<ClusterRecord> cluster = desk.clusters().cluster(attempt.cluster());
        if (cluster.isEmpty()) {
            return new Sight.Nothing("Cluster " + attempt.cluster() + " is not registered");
        }
        String key = Attempt.key(run.jobId(), attempt.number());
        try {
            Observation observation = desk.gateway().observe(cluster.get(), key, attempt.clusterJobId());
            if (observation instanceof Observation.NotFound && attempt.clusterJobId() == null) {
                // The submission may still be on its way: it is forbidden before anybody is told that there is nothing.
                desk.gateway().cancel(cluster.get(), key, null);
                observation = desk.gateway().observe(cluster.get(), key, null);
            }
            return new Sight.Seen(observation instanceof Observation.Failed failed
                    ? withOutput(cluster.get(), key, attempt, failed)
                    : observation);
        } catch (ClusterUnavailable e) {
            return new Sight.Nothing("Cluster " + attempt.cluster() + " gave no usable answer: " + e.getMessage());
        }
    }

    private Observation.Failed withOutput(ClusterRecord cluster, String key, Attempt attempt,
            Observation.Failed failed) {
        try {
            String output = desk.gateway().errorOutput(cluster, key, attempt.clusterJobId(),
                    Failure.MAX_ERROR_OUTPUT_BYTES);
            return new Observation.Failed(failed.startedAt(), failed.endedAt(),
                    failed.failure().withErrorOutput(output));
        } catch (ClusterUnavailable e) {
            // The end is what counts now; FetchErrorOutput asks for the output again.
            return failed;
        }
    }

    private Optional<JobRun> next(JobRun run, Sight sight) {
        Instant now = desk.clock().instant();
        return switch (sight) {
            case Sight.Nothing nothing -> outOfSight(run, nothing.detail(), now);
            case Sight.Seen seen -> switch (seen.observation()) {
                case Observation.Pending _ -> run.state() == JobState.UNKNOWN || run.state() == JobState.RUNNING
                        ? Optional.of(RunSteps.seenPending(run, now))
                        : NotFoundRule.seenAgain(run, now);
                case Observation.Running running ->
                    run.state() == JobState.RUNNING || run.state() == JobState.CANCELLING
                            ? NotFoundRule.seenAgain(run, now)
                            : Optional.of(RunSteps.seenRunning(run, running.startedAt(), now));
                case Observation.Succeeded end ->
                    Optional.of(RunSteps.succeeded(run, end.startedAt(), end.endedAt(), now));
                case Observation.Failed end -> Optional.of(run.state() == JobState.CANCELLING
                        ? RunSteps.cancelled(run, "adapter", "Ended on the cluster: " + end.failure().message(),
                                end.startedAt(), now)
                        : RunSteps.failed(run, end.failure(), end.startedAt(), end.endedAt(), now));
                case Observation.Cancelled end -> Optional
                        .of(RunSteps.cancelled(run, "adapter", "The cluster confirms the cancellation", end.startedAt(),
                                now));
                case Observation.NotFound _ -> switch (NotFoundRule.weigh(run, now)) {
                    case FIRST -> Optional.of(RunSteps.notFound(run, now));
                    case TOO_SOON -> Optional.empty();
                    case BELIEVED -> Optional.of(notFound(run, now));
                };
                case Observation.Unrecognised strange ->
                    outOfSight(run, "The cluster reports the unknown state '" + strange.state()
                            + "'", now);
            };
        };
    }

    private static Optional<JobRun> outOfSight(JobRun run, String detail, Instant now) {
        boolean known = run.state() == JobState.UNKNOWN || run.state() == JobState.CANCELLING;
        return known ? Optional.empty() : Optional.of(RunSteps.lostFromSight(run, detail, now));
    }

    private static JobRun notFound(JobRun run, Instant now) {
        Attempt attempt = run.attempts().getLast();
        if (run.state() == JobState.CANCELLING) {
            return RunSteps.cancelled(run, "adapter", "The cluster does not have it", attempt.startedAt(), now);
        }
        Failure failure = attempt.clusterJobId() == null
                ? new Failure(FailureClass.INFRASTRUCTURE, "NOT_SUBMITTED",
                        "The submission never reached cluster " + attempt.cluster(),
                        null, "")
                : new Failure(FailureClass.LOST, "LOST",
                        "Cluster " + attempt.cluster() + " no longer knows the attempt it had accepted as "
                                + attempt.clusterJobId(),
                        null, "");
        return RunSteps.failed(run, failure, attempt.startedAt(), now, now);
    }
}

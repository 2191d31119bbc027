package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * Submits a granted attempt to its cluster (A10, A11). The grant is verified, the submission is announced in the store before it is
 * made, and it is made under a key, so that a repetition of this command starts nothing twice (I-2).
 */
public final class StartAttempt {

    private final JobDesk desk;

    public StartAttempt(JobDesk desk) {
        this.desk = desk;
    }

    /**
     * @throws GrantExpired when this grant is not the job's present one
     * @throws RetryLater when the cluster gave no usable answer; the submission may have arrived
     */
    public Grant start(Grant grant) {
        JobDesk.Change announced = desk.change(grant.jobId(), stored -> {
            require(stored, grant);
            Instant now = desk.clock().instant();
            return switch (stored.state()) {
                case GRANTED -> Optional.of(RunSteps.starting(stored, now));
                // Every submission is announced: until some time after the last one nobody may say that there was none.
                case STARTING, UNKNOWN -> stored.attempts().getLast().clusterJobId() == null
                        ? Optional.of(RunSteps.submittingAgain(stored, now))
                        : Optional.empty();
                case QUEUED, RUNNING, CANCELLING, BACKOFF, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> Optional.empty();
            };
        }).orElseThrow(() -> new GrantExpired("There is no job " + grant.jobId()));
        JobRun run = announced.after();
        Attempt attempt = run.attempts().getLast();
        if (attempt.clusterJobId() == null) {
            if (run.state() == JobState.STARTING || run.state() == JobState.UNKNOWN) {
                submit(run, attempt, announced.before().state() == JobState.GRANTED);
            } else if (attempt.state().isFinal()) {
                // An earlier call of this command may have submitted it after its end was recorded.
                desk.clusters().cluster(attempt.cluster()).ifPresent(cluster -> end(cluster, run.jobId(), attempt));
            }
        }
        return grant;
    }

    private static void require(JobRun run, Grant grant) {
        boolean present = run.latestAttempt().map(attempt -> attempt.grantId().equals(grant.grantId())).orElse(false);
        if (!present || run.state() == JobState.QUEUED) {
            throw new GrantExpired(
                    "Grant " + grant.grantId() + " of job " + grant.jobId() + " is not its present one; the job is "
                            + run.state());
        }
    }

    private void submit(JobRun run, Attempt attempt, boolean first) {
        ClusterRecord cluster = desk.clusters().cluster(attempt.cluster())
                .orElseThrow(() -> new RetryLater("Cluster " + attempt.cluster() + " is not registered", null));
        Submission submission = new Submission(Attempt.key(run.jobId(), attempt.number()), run.jobId(),
                attempt.number(), run.spec());
        SubmitOutcome outcome;
        try {
            outcome = desk.gateway().submit(cluster, submission);
        } catch (ClusterUnavailable e) {
            throw new RetryLater(
                    "Cluster " + cluster.name() + " gave no usable answer to the submission of " + submission.key()
                            + ": " + e.getMessage(),
                    e);
        }
        record(run, first, cluster, outcome);
    }

    /** @param first whether nobody can have submitted the attempt before */
    private void record(JobRun announced, boolean first, ClusterRecord cluster, SubmitOutcome outcome) {
        String jobId = announced.jobId();
        Attempt attempt = announced.attempts().getLast();
        Optional<JobDesk.Change> change = desk.change(jobId, stored -> {
            if (!isLive(stored, attempt)) {
                return Optional.empty();
            }
            Instant now = desk.clock().instant();
            return switch (outcome) {
                case SubmitOutcome.Accepted accepted -> stored.attempts().getLast().clusterJobId() == null
                        ? Optional.of(RunSteps.submitted(stored, accepted.clusterJobId(), now))
                        : Optional.empty();
                // The answer to this submission says nothing of another one that may have arrived, or still may: looking will tell (decision 6).
                case SubmitOutcome.Refused refused -> first && !isAnnouncedAgain(stored, announced)
                        ? Optional.of(refused(stored, refused, now))
                        : Optional.empty();
            };
        });
        // A cancel may have reached the cluster before the submission did, or the cluster may have said meanwhile that it has nothing of the
        // attempt: what it has now is ended, since nobody would ever look at it again (I-8).
        boolean wanted = change.map(JobDesk.Change::after)
                .filter(run -> isLive(run, attempt) && run.state() != JobState.CANCELLING).isPresent();
        if (outcome instanceof SubmitOutcome.Accepted && !wanted) {
            end(cluster, jobId, attempt);
        }
    }

    private static boolean isAnnouncedAgain(JobRun stored, JobRun announced) {
        return stored.events().stream().skip(announced.events().size())
                .anyMatch(event -> event.type().equals(RunSteps.SUBMISSION_ANNOUNCED));
    }

    private static boolean isLive(JobRun run, Attempt attempt) {
        return run.liveAttempt().map(live -> live.grantId().equals(attempt.grantId())).orElse(false);
    }

    private void end(ClusterRecord cluster, String jobId, Attempt attempt) {
        try {
            desk.gateway().cancel(cluster, Attempt.key(jobId, attempt.number()), null);
        } catch (ClusterUnavailable e) {
            throw new RetryLater("Attempt " + attempt.number() + " of job " + jobId + " is not wanted any more and"
                    + " could not be ended on " + cluster.name() + ": " + e.getMessage(), e);
        }
    }

    private static JobRun refused(JobRun run, SubmitOutcome.Refused refused, Instant now) {
        if (run.state() == JobState.CANCELLING) {
            return RunSteps.cancelled(run, "adapter", "The cluster refused it, and it was to be cancelled", null, now);
        }
        Failure failure = new Failure(FailureClass.REFUSED, refused.code(), refused.message(), null, "");
        return RunSteps.failed(run, failure, null, now, now);
    }
}

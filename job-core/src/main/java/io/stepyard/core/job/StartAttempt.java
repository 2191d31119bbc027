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
        JobRun run = desk.change(grant.jobId(), stored -> {
            require(stored, grant);
            return stored.state() == JobState.GRANTED
                    ? Optional.of(RunSteps.starting(stored, desk.clock().instant()))
                    : Optional.empty();
        }).map(JobDesk.Change::after).orElseThrow(() -> new GrantExpired("There is no job " + grant.jobId()));
        Attempt attempt = run.attempts().getLast();
        if (attempt.clusterJobId() == null) {
            if (run.state() == JobState.STARTING || run.state() == JobState.UNKNOWN) {
                submit(run, attempt);
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

    private void submit(JobRun run, Attempt attempt) {
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
        record(run.jobId(), attempt, cluster, outcome);
    }

    private void record(String jobId, Attempt attempt, ClusterRecord cluster, SubmitOutcome outcome) {
        Optional<JobDesk.Change> change = desk.change(jobId, stored -> {
            if (!isLive(stored, attempt)) {
                return Optional.empty();
            }
            Instant now = desk.clock().instant();
            return switch (outcome) {
                case SubmitOutcome.Accepted accepted -> stored.attempts().getLast().clusterJobId() == null
                        ? Optional.of(RunSteps.submitted(stored, accepted.clusterJobId(), now))
                        : Optional.empty();
                case SubmitOutcome.Refused refused -> Optional.of(refused(stored, refused, now));
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

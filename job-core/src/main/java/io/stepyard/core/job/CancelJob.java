package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a job because somebody asked for it, in any state, and as often as asked. What waits leaves the queue at once; what a cluster may
 * have is CANCELLING, reservation and all, until the cluster confirms the end.
 */
public final class CancelJob {

    private static final Logger LOG = LoggerFactory.getLogger(CancelJob.class);

    private final JobDesk desk;
    private final WorkflowSignals signals;

    public CancelJob(JobDesk desk, WorkflowSignals signals) {
        this.desk = desk;
        this.signals = signals;
    }

    /**
     * @param actor who asks, for the audit trail
     * @return the job afterwards, ended or CANCELLING; empty when there is none
     * @throws RetryLater when the job is cancelled but its waiting execution could not be told; a repeated cancel tells it
     */
    public Optional<JobRun> cancel(String jobId, String actor, String reason) {
        Optional<JobRun> after = end(jobId, stored -> switch (stored.state()) {
            case QUEUED, GRANTED, BACKOFF -> Optional
                    .of(RunSteps.cancelled(stored, actor, reason, null, desk.clock().instant()));
            case STARTING, RUNNING, UNKNOWN ->
                Optional.of(RunSteps.askedToCancel(stored, actor, reason, desk.clock().instant()));
            case CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> Optional.empty();
        });
        after.ifPresent(run -> tellExecution(run, reason));
        return after;
    }

    /** The execution of a job that was cancelled before its start waits for its token, and for nothing else. */
    private void tellExecution(JobRun run, String reason) {
        TaskToken token = run.token();
        if (run.state() == JobState.CANCELLED && token != null
                && signals.failure(token, ErrorReply.CANCELLED, reason) == SignalResult.UNAVAILABLE) {
            throw new RetryLater("Job " + run.jobId() + " is cancelled, but its execution could not be told", null);
        }
    }

    /** The job's execution has ended without it, or gives it up: what still waits is abandoned, what may run is cancelled (I-8). */
    public Optional<JobRun> abandon(String jobId, String executionArn, String why) {
        return end(jobId, stored -> {
            if (!stored.executionArn().equals(executionArn)) {
                return Optional.empty();
            }
            Instant now = desk.clock().instant();
            return switch (stored.state()) {
                case QUEUED, GRANTED, BACKOFF -> Optional.of(
                        RunSteps.abandoned(stored,
                                new Failure(FailureClass.INFRASTRUCTURE, "EXECUTION_ENDED", why, null, ""), now));
                case STARTING, RUNNING, UNKNOWN -> Optional.of(RunSteps.askedToCancel(stored, "job-manager", why, now));
                case CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> Optional.empty();
            };
        });
    }

    /**
     * Somebody has stopped the job's execution: the job is cancelled, whether it waits or runs. Unlike {@link #cancel} there is nobody left
     * to tell.
     *
     * @param why what whoever stopped it said
     */
    public Optional<JobRun> stopped(String jobId, String executionArn, String why) {
        return end(jobId, stored -> {
            if (!stored.executionArn().equals(executionArn)) {
                return Optional.empty();
            }
            Instant now = desk.clock().instant();
            return switch (stored.state()) {
                case QUEUED, GRANTED, BACKOFF -> Optional.of(RunSteps.stopped(stored, why, now));
                case STARTING, RUNNING, UNKNOWN -> Optional.of(RunSteps.askedToCancel(stored, "job-manager", why, now));
                case CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> Optional.empty();
            };
        });
    }

    private Optional<JobRun> end(String jobId, Function<JobRun, Optional<JobRun>> step) {
        Optional<JobRun> after = desk.change(jobId, step).map(JobDesk.Change::after);
        after.filter(run -> run.state() == JobState.CANCELLING).ifPresent(this::askCluster);
        return after;
    }

    /** Asks the cluster again for the end of a job that is CANCELLING; a cluster that does not answer is asked at the next sweep. */
    public void askCluster(JobRun run) {
        Attempt attempt = run.attempts().getLast();
        desk.clusters().cluster(attempt.cluster()).ifPresent(cluster -> {
            try {
                desk.gateway().cancel(cluster, Attempt.key(run.jobId(), attempt.number()), attempt.clusterJobId());
            } catch (ClusterUnavailable e) {
                LOG.warn("Job {} could not be cancelled on {} now and will be asked for again: {}", run.jobId(),
                        attempt.cluster(),
                        e.getMessage());
            }
        });
    }
}

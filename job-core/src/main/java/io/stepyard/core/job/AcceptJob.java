package io.stepyard.core.job;

import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.model.job.JobId;
import io.stepyard.model.job.JobSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a job into the queue, or refuses it by failing its token (A1, A9). The same request may come twice, and a repeated state may
 * bring a newer token; there is one job all the same.
 */
public final class AcceptJob {

    /** Error name of a refused job; the state machine ends with it. */
    public static final String REJECTED = "JobRejected";

    private static final int MAX_ROUNDS = 10;

    private final JobStore store;
    private final ClusterStore clusters;
    private final WorkflowSignals signals;
    private final SchedulerKick kick;
    private final InstantSource clock;
    private final JobReader reader;
    private final JsonMapper mapper = JsonMapper.shared();

    public AcceptJob(JobStore store, ClusterStore clusters, WorkflowSignals signals, SchedulerKick kick,
            InstantSource clock,
            JobReader reader) {
        this.store = store;
        this.clusters = clusters;
        this.signals = signals;
        this.kick = kick;
        this.clock = clock;
        this.reader = reader;
    }

    /** @throws RetryLater when other writers were in the way every time */
    public Acceptance accept(QueueRequest request) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<JobRun> existing = store.run(request.jobId());
            Optional<Acceptance> done = existing.isEmpty() ? acceptNew(request) : acceptAgain(existing.get(), request);
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw new RetryLater("Job " + request.jobId() + " is being changed by others", null);
    }

    private Optional<Acceptance> acceptNew(QueueRequest request) {
        if (!JobId.isValid(request.jobId())) {
            return reject(request, "The execution's name is the job's id. Found '" + request.jobId()
                    + "', expected 1 to 80 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
        return switch (reader.read(request.jobJson())) {
            case JobReading.Invalid invalid -> reject(request, faults(invalid.faults()));
            case JobReading.Valid valid -> {
                Optional<String> unfit = Fit.whyNowhere(valid.spec(), clusters.clusters());
                yield unfit.isPresent() ? reject(request, unfit.get()) : enqueueNew(request, valid.spec());
            }
        };
    }

    private Optional<Acceptance> enqueueNew(QueueRequest request, JobSpec spec) {
        Instant now = clock.instant();
        JobRun run = RunSteps.accepted(request.jobId(), spec, request.executionArn(), request.token(),
                request.startedAt(), now);
        return commit(List.of(new StoreWrite.InsertRun(run),
                new StoreWrite.InsertQueueRow(QueueRow.of(run, request.token()))));
    }

    private Optional<Acceptance> acceptAgain(JobRun run, QueueRequest request) {
        if (!run.executionArn().equals(request.executionArn())) {
            return reject(request, "Job id " + run.jobId() + " belongs to another execution");
        }
        return switch (run.state()) {
            case BACKOFF -> {
                JobRun next = RunSteps.requeued(run, request.token(), clock.instant());
                yield commit(List.of(new StoreWrite.ReplaceRun(next),
                        new StoreWrite.InsertQueueRow(QueueRow.of(next, request.token()))));
            }
            case QUEUED ->
                request.token().equals(run.token()) ? Optional.of(Acceptance.QUEUED) : renewToken(run, request.token());
            case GRANTED -> signalAgain(run, request.token());
            case STARTING, RUNNING, UNKNOWN, CANCELLING -> told(request, signals.success(request.token(),
                    mapper.writeValueAsString(Grant.of(run.jobId(), run.attempts().getLast()))), Acceptance.GRANTED);
            case CANCELLED -> told(request,
                    signals.failure(request.token(), ErrorReply.CANCELLED, "The job was cancelled"),
                    Acceptance.REJECTED);
            case SUCCEEDED, FAILED, TIMED_OUT -> reject(request, "The job has ended already as " + run.state());
        };
    }

    private Optional<Acceptance> renewToken(JobRun run, TaskToken token) {
        JobRun next = RunSteps.retokened(run, token, clock.instant());
        CommitResult result = store.commit(List.of(new StoreWrite.ReplaceRun(next),
                new StoreWrite.ReplaceQueueRow(QueueRow.of(next, token))));
        return result.isCommitted() ? Optional.of(Acceptance.QUEUED) : Optional.empty();
    }

    /** The grant was committed, but the token it was signalled to belongs to a request that has been repeated since. */
    private Optional<Acceptance> signalAgain(JobRun run, TaskToken token) {
        if (!token.equals(run.token()) && !store.commit(List.of(new StoreWrite.ReplaceRun(
                RunSteps.retokened(run, token, clock.instant())))).isCommitted()) {
            return Optional.empty();
        }
        signals.success(token, mapper.writeValueAsString(Grant.of(run.jobId(), run.attempts().getLast())));
        return Optional.of(Acceptance.GRANTED);
    }

    private Optional<Acceptance> commit(List<StoreWrite> writes) {
        if (!store.commit(writes).isCommitted()) {
            return Optional.empty();
        }
        kick.kick();
        return Optional.of(Acceptance.QUEUED);
    }

    private Optional<Acceptance> reject(QueueRequest request, String cause) {
        return told(request, signals.failure(request.token(), REJECTED, cause), Acceptance.REJECTED);
    }

    /** An answer to a token that is in no row: when it could not be given, nobody else would ever give it. */
    private static Optional<Acceptance> told(QueueRequest request, SignalResult result, Acceptance acceptance) {
        if (result == SignalResult.UNAVAILABLE) {
            throw new RetryLater("The answer to the request of job " + request.jobId() + " could not be delivered",
                    null);
        }
        return Optional.of(acceptance);
    }

    private static String faults(List<Fault> faults) {
        return faults.stream().map(Fault::toString)
                .collect(Collectors.joining("\n", "The job is invalid, " + faults.size() + " fault(s):\n", ""));
    }

    /** What became of a request. */
    public enum Acceptance {
        QUEUED,
        /** It had been granted before; the token got the grant. */
        GRANTED,
        /** The token was failed with the reason; nothing was queued. */
        REJECTED
    }
}

package io.stepyard.local;

import io.stepyard.asl.JobManagerDefinition;
import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.RetryLater;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.ExecutionListener;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shipped state machine on the engine, and what follows for a job when its execution ends without it. */
final class JobManager implements ExecutionListener {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    static final String QUEUE_REQUEST = "stepyard-job-queue-request";
    static final String CLUSTER_ADAPTER = "stepyard-cluster-adapter";
    static final String ARN = "arn:aws:states:" + REGION + ":" + ACCOUNT + ":stateMachine:"
            + JobManagerDefinition.STATE_MACHINE_NAME;

    private static final Logger LOG = LoggerFactory.getLogger(JobManager.class);
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/" + JobManagerDefinition.STATE_MACHINE_NAME;
    private static final Set<JobState> OPEN = Arrays.stream(JobState.values()).filter(state -> !state.isFinal())
            .collect(Collectors.toUnmodifiableSet());

    private final JobStore store;
    private final CancelJob cancel;
    private final ConcurrentMap<String, Ended> missed = new ConcurrentHashMap<>();
    private volatile @Nullable StepFunctionsEngine engine;

    /** The end of a job's execution. */
    private record Ended(String jobId, String executionArn, ExecutionStatus status) {}

    JobManager(JobStore store, CancelJob cancel) {
        this.store = store;
        this.cancel = cancel;
    }

    /** Creates the state machine, or gives it the definition of this release; what runs keeps its own. */
    static void deploy(StepFunctionsEngine engine, JobManagerSettings settings) {
        String definition = JobManagerDefinition
                .bind(settings.values(QUEUE_REQUEST, CLUSTER_ADAPTER));
        boolean exists = engine.listStateMachines().stream()
                .anyMatch(machine -> machine.stateMachineArn().equals(ARN));
        if (!exists) {
            engine.createStateMachine(JobManagerDefinition.STATE_MACHINE_NAME, definition, ROLE);
        } else if (!engine.describeStateMachine(ARN).definition().equals(definition)) {
            engine.updateStateMachine(ARN, definition, ROLE);
        }
    }

    /** From here on the cause of an end is asked for. */
    void connect(StepFunctionsEngine started) {
        engine = started;
    }

    @Override
    public void ended(ExecutionSummary execution) {
        if (execution.stateMachineArn().equals(ARN)) {
            follow(new Ended(execution.name(), execution.executionArn(), execution.status()));
        }
    }

    /** Follows once more the ends that could not be followed when they happened; how many still cannot. */
    int followAgain() {
        List.copyOf(missed.values()).forEach(this::follow);
        return missed.size();
    }

    private void follow(Ended ended) {
        if (ended.status() == ExecutionStatus.SUCCEEDED || ended.status() == ExecutionStatus.RUNNING) {
            return;
        }
        try {
            String why = why(ended);
            if (ended.status() == ExecutionStatus.ABORTED) {
                cancel.stopped(ended.jobId(), ended.executionArn(), why);
            } else {
                cancel.abandon(ended.jobId(), ended.executionArn(), why);
            }
            missed.remove(ended.executionArn());
        } catch (RetryLater | StoreUnavailable later) {
            missed.put(ended.executionArn(), ended);
            LOG.warn("The end of the execution of job {} could not be followed now and will be at the next sweep: {}",
                    ended.jobId(), later.getMessage());
        }
    }

    private String why(Ended ended) {
        StepFunctionsEngine known = engine;
        if (ended.status() != ExecutionStatus.ABORTED || known == null) {
            return "Its execution has ended: " + ended.status();
        }
        ExecutionDescription execution = known.describeExecution(ended.executionArn());
        String said = Stream.of(execution.error(), execution.cause())
                .filter(text -> text != null && !text.isBlank()).collect(Collectors.joining(": "));
        return said.isEmpty() ? "Its execution was stopped" : "Its execution was stopped: " + said;
    }

    /** News of an end can be lost with the process: every open job's execution is looked at once, at the start. */
    void reconcile() {
        String cursor = null;
        do {
            Page<JobRun> page = store.runs(new RunQuery(OPEN, null, RunQuery.MAX_LIMIT, cursor));
            page.items().forEach(this::reconcile);
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private void reconcile(JobRun run) {
        try {
            ExecutionStatus status = Objects.requireNonNull(engine, "the engine is connected first")
                    .describeExecution(run.executionArn()).summary().status();
            follow(new Ended(run.jobId(), run.executionArn(), status));
        } catch (StepFunctionsException refused) {
            if (refused.code() != ErrorCode.ExecutionDoesNotExist) {
                throw refused;
            }
            cancel.abandon(run.jobId(), run.executionArn(), "Its execution has ended: GONE");
        }
    }
}

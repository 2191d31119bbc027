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
import io.stepyard.stepfunctions.ExecutionListener;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
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

    JobManager(JobStore store, CancelJob cancel) {
        this.store = store;
        this.cancel = cancel;
    }

    /** Creates the state machine, or gives it the definition of this release; what runs keeps its own. */
    static void deploy(StepFunctionsEngine engine) {
        String definition = JobManagerDefinition
                .bind(JobManagerSettings.DEFAULT.values(QUEUE_REQUEST, CLUSTER_ADAPTER));
        boolean exists = engine.listStateMachines().stream()
                .anyMatch(machine -> machine.stateMachineArn().equals(ARN));
        if (!exists) {
            engine.createStateMachine(JobManagerDefinition.STATE_MACHINE_NAME, definition, ROLE);
        } else if (!engine.describeStateMachine(ARN).definition().equals(definition)) {
            engine.updateStateMachine(ARN, definition, ROLE);
        }
    }

    @Override
    public void ended(ExecutionSummary execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED || !execution.stateMachineArn().equals(ARN)) {
            return;
        }
        try {
            abandon(execution.name(), execution.executionArn(), execution.status().name());
        } catch (RetryLater | StoreUnavailable later) {
            LOG.warn("Job {} could not be given up now and will be at the next start: {}", execution.name(),
                    later.getMessage());
        }
    }

    /** News of an end can be lost with the process: every open job's execution is looked at once, at the start. */
    void reconcile(StepFunctionsEngine engine) {
        String cursor = null;
        do {
            Page<JobRun> page = store.runs(new RunQuery(OPEN, null, RunQuery.MAX_LIMIT, cursor));
            page.items().forEach(run -> reconcile(engine, run));
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private void reconcile(StepFunctionsEngine engine, JobRun run) {
        try {
            ExecutionStatus status = engine.describeExecution(run.executionArn()).summary().status();
            if (status != ExecutionStatus.RUNNING && status != ExecutionStatus.SUCCEEDED) {
                abandon(run.jobId(), run.executionArn(), status.name());
            }
        } catch (StepFunctionsException refused) {
            if (refused.code() != ErrorCode.ExecutionDoesNotExist) {
                throw refused;
            }
            abandon(run.jobId(), run.executionArn(), "GONE");
        }
    }

    private void abandon(String jobId, String executionArn, String status) {
        cancel.abandon(jobId, executionArn, "Its execution has ended: " + status);
    }
}

package io.stepyard.core.job;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.workflow.WorkflowExecutions;
import io.stepyard.core.workflow.WorkflowExecutions.Standing;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds jobs whose execution has ended without them, because the news of an execution's end is best effort and may never come: what still
 * waits leaves the queue, what may run is ended on its cluster (I-8). Each call looks at some jobs and the next one goes on after them.
 */
public final class ReconcileExecutions {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileExecutions.class);
    private static final Set<JobState> OPEN = Arrays.stream(JobState.values()).filter(state -> !state.isFinal())
            .collect(Collectors.toUnmodifiableSet());

    /** A row that was written just now belongs to an execution that is at work; the news of an end needs its time, too. */
    private static final Duration UNTOUCHED_FOR = Duration.ofMinutes(2);

    private final JobDesk desk;
    private final CancelJob cancel;
    private final WorkflowExecutions executions;
    private @Nullable String cursor;

    public ReconcileExecutions(JobDesk desk, CancelJob cancel, WorkflowExecutions executions) {
        this.desk = desk;
        this.cancel = cancel;
        this.executions = executions;
    }

    /**
     * @param limit executions to ask for at the most, 1 to {@value RunQuery#MAX_LIMIT}
     * @return how many jobs were given up
     */
    public synchronized int reconcile(int limit) {
        JobStore store = desk.store();
        Page<JobRun> page = store.runs(new RunQuery(OPEN, null, limit, cursor));
        Instant before = desk.clock().instant().minus(UNTOUCHED_FOR);
        int given = 0;
        for (JobRun run : page.items()) {
            if (run.updatedAt().isBefore(before) && look(run)) {
                given++;
            }
        }
        cursor = page.nextCursor();
        return given;
    }

    private boolean look(JobRun run) {
        Standing standing = executions.standing(run.executionArn());
        return switch (standing) {
            case OPEN, UNAVAILABLE -> false;
            case SUCCEEDED, FAILED, ABORTED, GONE -> giveUp(run, standing);
        };
    }

    private boolean giveUp(JobRun run, Standing standing) {
        try {
            String why = "Its execution has ended: " + standing;
            boolean changed = (standing == Standing.ABORTED
                    ? cancel.stopped(run.jobId(), run.executionArn(), why)
                    : cancel.abandon(run.jobId(), run.executionArn(), why))
                    .map(after -> after.state() != run.state()).orElse(false);
            if (changed) {
                LOG.info("Job {} is given up: its execution is {}", run.jobId(), standing);
            }
            return changed;
        } catch (RetryLater busy) {
            LOG.info("Job {} is left to the next look: {}", run.jobId(), busy.getMessage());
            return false;
        }
    }
}

package io.stepyard.core.job;

import io.stepyard.core.store.JobRun;
import io.stepyard.model.lifecycle.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after jobs that nobody else may be looking at: CANCELLING ones whose execution has gone, and UNKNOWN ones. */
public final class SweepRuns {

    private static final Logger LOG = LoggerFactory.getLogger(SweepRuns.class);

    private final JobDesk desk;
    private final ObserveAttempt observe;
    private final CancelJob cancel;

    public SweepRuns(JobDesk desk, ObserveAttempt observe, CancelJob cancel) {
        this.desk = desk;
        this.observe = observe;
        this.cancel = cancel;
    }

    /** @return how many were looked at; one that others keep changing is left to the next sweep */
    public int sweep() {
        int looked = 0;
        for (JobRun run : desk.store().liveRuns()) {
            if ((run.state() == JobState.CANCELLING || run.state() == JobState.UNKNOWN) && look(run)) {
                looked++;
            }
        }
        return looked;
    }

    private boolean look(JobRun run) {
        if (run.state() == JobState.CANCELLING) {
            cancel.askCluster(run);
        }
        try {
            observe.look(run);
            return true;
        } catch (RetryLater busy) {
            LOG.info("Job {} is left to the next sweep: {}", run.jobId(), busy.getMessage());
            return false;
        }
    }
}

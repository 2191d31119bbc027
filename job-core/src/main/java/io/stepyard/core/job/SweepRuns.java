package io.stepyard.core.job;

import io.stepyard.core.store.JobRun;
import io.stepyard.model.lifecycle.JobState;

/** Looks after jobs that nobody else may be looking at: CANCELLING ones whose execution has gone, and UNKNOWN ones. */
public final class SweepRuns {

    private final JobDesk desk;
    private final ObserveAttempt observe;
    private final CancelJob cancel;

    public SweepRuns(JobDesk desk, ObserveAttempt observe, CancelJob cancel) {
        this.desk = desk;
        this.observe = observe;
        this.cancel = cancel;
    }

    /** @return how many were looked at */
    public int sweep() {
        int looked = 0;
        for (JobRun run : desk.store().liveRuns()) {
            if (run.state() == JobState.CANCELLING || run.state() == JobState.UNKNOWN) {
                if (run.state() == JobState.CANCELLING) {
                    cancel.askCluster(run);
                }
                observe.look(run);
                looked++;
            }
        }
        return looked;
    }
}

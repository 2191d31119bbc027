package io.stepyard.core.job;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.lifecycle.JobState;
import java.util.ArrayList;
import java.util.List;

/** The transaction that belongs to a step of a job: the ledger and the queue never disagree with the row (decision 3). */
public final class RunWrites {

    private RunWrites() {}

    /** Writes for any step but a grant and a (re)queueing: what the job no longer holds or waits in is given up in the same transaction. */
    public static List<StoreWrite> replacing(JobRun before, JobRun after) {
        List<StoreWrite> writes = new ArrayList<>();
        writes.add(new StoreWrite.ReplaceRun(after));
        if (before.state() == JobState.QUEUED && after.state() != JobState.QUEUED) {
            writes.add(new StoreWrite.DeleteQueueRow(before.jobId(), before.spec().priority()));
        }
        waiting(before, after, writes);
        if (before.state().holdsReservation() && !after.state().holdsReservation()) {
            before.latestAttempt()
                    .ifPresent(attempt -> writes.add(new StoreWrite.Release(attempt.cluster(), attempt.resources())));
        }
        return writes;
    }

    /** A job that goes on waiting, in another place or held; its token goes with it. */
    private static void waiting(JobRun before, JobRun after, List<StoreWrite> writes) {
        if (before.state() != JobState.QUEUED || after.state() != JobState.QUEUED) {
            return;
        }
        QueueRow row = QueueRow.of(after, after.token());
        if (before.spec().priority() != after.spec().priority()) {
            writes.add(new StoreWrite.DeleteQueueRow(before.jobId(), before.spec().priority()));
            writes.add(new StoreWrite.InsertQueueRow(row));
        } else if (before.isHeld() != after.isHeld()) {
            writes.add(new StoreWrite.ReplaceQueueRow(row));
        }
    }
}

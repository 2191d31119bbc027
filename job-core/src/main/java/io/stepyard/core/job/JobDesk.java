package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** What the use cases on a running job share: the ports, and the one loop that reads, decides and writes. */
public record JobDesk(JobStore store, ClusterStore clusters, ClusterGateway gateway, SchedulerKick kick,
        InstantSource clock) {

    private static final int MAX_ROUNDS = 20;

    /** The row as a change found it and as it left it; the same row twice when there was nothing to change. */
    record Change(JobRun before, JobRun after) {}

    /**
     * Applies a pure step to the stored row until the write goes through.
     *
     * @param step the next row, or empty when there is nothing to change
     * @return empty when there is no such job
     * @throws RetryLater when other writers were in the way every time
     */
    Optional<Change> change(String jobId, Function<JobRun, Optional<JobRun>> step) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<JobRun> before = store.run(jobId);
            Optional<JobRun> after = before.flatMap(step);
            if (before.isEmpty() || after.isEmpty()) {
                return before.map(run -> new Change(run, run));
            }
            if (store.commit(RunWrites.replacing(before.get(), after.get())).isCommitted()) {
                if (before.get().state().holdsReservation() && !after.get().state().holdsReservation()) {
                    kick.kick();
                }
                return Optional.of(new Change(before.get(), after.get()));
            }
        }
        throw new RetryLater("Job " + jobId + " is being changed by others", null);
    }
}

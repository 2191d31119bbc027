package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up what runs on a cluster that an operator takes away: the cluster is asked to end each attempt, and on the operator's word the
 * attempt counts as lost whether or not it answers. Its job goes on elsewhere if its retry policy allows.
 */
public final class GiveUpAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(GiveUpAttempts.class);

    private final JobDesk desk;

    public GiveUpAttempts(JobDesk desk) {
        this.desk = desk;
    }

    /** @return attempts that were given up; those being started this moment are left, since nothing can be said of them yet */
    public int on(ClusterRecord cluster, String actor) {
        int given = 0;
        for (JobRun run : desk.store().liveRuns()) {
            Optional<Attempt> attempt = run.liveAttempt().filter(live -> live.cluster().equals(cluster.name()));
            if (attempt.isPresent() && run.state() != JobState.GRANTED) {
                askForItsEnd(cluster, run, attempt.get());
                given += giveUp(run, attempt.get(), actor) ? 1 : 0;
            }
        }
        return given;
    }

    private void askForItsEnd(ClusterRecord cluster, JobRun run, Attempt attempt) {
        try {
            desk.gateway().cancel(cluster, Attempt.key(run.jobId(), attempt.number()), attempt.clusterJobId());
        } catch (ClusterUnavailable e) {
            LOG.warn("Attempt {} of job {} is given up without a word from cluster {}: {}", attempt.number(),
                    run.jobId(), cluster.name(), e.getMessage());
        }
    }

    private boolean giveUp(JobRun run, Attempt attempt, String actor) {
        return desk.change(run.jobId(), stored -> {
            boolean same = stored.liveAttempt().map(live -> live.grantId().equals(attempt.grantId())).orElse(false);
            if (!same || stored.state() == JobState.GRANTED) {
                return Optional.empty();
            }
            Instant now = desk.clock().instant();
            String why = "Cluster " + attempt.cluster() + " was taken away by " + actor;
            return Optional.of(stored.state() == JobState.CANCELLING
                    ? RunSteps.cancelled(stored, actor, why, attempt.startedAt(), now)
                    : RunSteps.failed(stored, new Failure(FailureClass.LOST, "CLUSTER_REMOVED", why, null, ""),
                            attempt.startedAt(), now, now));
        }).map(change -> change.before().state().holdsReservation() && !change.after().state().holdsReservation())
                .orElse(false);
    }
}

package io.stepyard.simulator.world;

import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.Pass;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.PassResult;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.WaitingJob;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The production pass, each of whose results is held against I-4 where the policy goes by priority alone: nobody is placed while a job of
 * higher priority that was seen and fits that cluster waits. And against I-3: no pass gives away more than there is.
 */
final class WatchedPass implements Pass {

    private final Pass pass;
    private final Books books;
    private final boolean byPriority;

    WatchedPass(Pass pass, Books books, boolean byPriority) {
        this.pass = pass;
        this.books = books;
        this.byPriority = byPriority;
    }

    @Override
    public PassResult run(PassInput input) {
        PassResult result = pass.run(input);
        for (ClusterSnapshot cluster : input.clusters()) {
            List<Placement> here = result.placements().stream()
                    .filter(placement -> placement.cluster().equals(cluster.name())).toList();
            if (!here.isEmpty()) {
                check(cluster, here, input, result);
            }
        }
        return result;
    }

    private void check(ClusterSnapshot cluster, List<Placement> here, PassInput input, PassResult result) {
        Resources given = here.stream().map(Placement::resources).reduce(Resources.NONE, Resources::plus);
        if (!given.fitsWithin(cluster.usable()) || cluster.availability() != Availability.OPEN) {
            throw new Violation("I-3", cluster.name(), "a pass gives away " + given + " of " + cluster.usable()
                    + " on a cluster that is " + cluster.availability());
        }
        if (!byPriority) {
            return;
        }
        Set<String> placed = new HashSet<>();
        result.placements().forEach(placement -> placed.add(placement.jobId()));
        // The index may show a job in the queue that holds its place on a cluster already.
        input.running().forEach(running -> placed.add(running.jobId()));
        for (WaitingJob waiting : input.waiting()) {
            Optional<JobSpec> spec = spec(waiting.jobId());
            if (!placed.contains(waiting.jobId()) && spec.isPresent()
                    && spec.get().allows(cluster.name(), cluster.labels())) {
                requireNoneBehind(waiting.jobId(), spec.get(), cluster, here);
            }
        }
    }

    /** Without those of lower priority the waiting job must not fit; otherwise one of them has taken its place. */
    private void requireNoneBehind(String jobId, JobSpec spec, ClusterSnapshot cluster, List<Placement> here) {
        Resources ahead = Resources.NONE;
        String behind = "";
        for (Placement placement : here) {
            int priority = spec(placement.jobId()).map(JobSpec::priority).orElse(JobSpec.MAX_PRIORITY);
            if (priority >= spec.priority()) {
                ahead = ahead.plus(placement.resources());
            } else {
                behind = placement.jobId();
            }
        }
        if (!behind.isEmpty() && ahead.plus(spec.resources()).fitsWithin(cluster.usable())) {
            throw new Violation("I-4", jobId, "waits, and " + behind + " of lower priority is placed on "
                    + cluster.name());
        }
    }

    private Optional<JobSpec> spec(String jobId) {
        return books.job(jobId).map(JobRun::spec);
    }
}

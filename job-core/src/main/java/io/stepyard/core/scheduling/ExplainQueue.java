package io.stepyard.core.scheduling;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.QueueRow;
import io.stepyard.model.job.JobSpec;
import io.stepyard.scheduler.Pass;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.PassResult;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.Reason;
import io.stepyard.scheduler.WaitingJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why each waiting job waits: the same pass as the scheduler's over the stored state, without any write or call to a cluster. */
public final class ExplainQueue {

    private static final String PROBE = "~test-only~";

    private final JobStore store;
    private final ClusterStore clusters;
    private final Pass pass;
    private final SchedulerSettings settings;
    private final InstantSource clock;

    public ExplainQueue(JobStore store, ClusterStore clusters, Pass pass, SchedulerSettings settings,
            InstantSource clock) {
        this.store = store;
        this.clusters = clusters;
        this.pass = pass;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The queue as it stands.
     *
     * @param waiting in queue order, as far as a pass reads
     * @param placements jobs that the next pass would start
     * @param reasons for the others, the most telling first
     */
    public record Explanation(Instant at, List<QueueRow> waiting, Map<String, Placement> placements,
            Map<String, List<Reason>> reasons) {

        public Explanation {
            waiting = List.copyOf(waiting);
            placements = Map.copyOf(placements);
            reasons = Map.copyOf(reasons);
        }
    }

    public Explanation explain() {
        List<QueueRow> waiting = store.waiting(settings.depth());
        Instant now = clock.instant();
        PassResult result = pass
                .run(PassInputs.of(waiting, store.liveRuns(), clusters.clusters(), settings.sampleMaxAge(), now));
        return new Explanation(now, waiting, byJob(result), result.reasons());
    }

    /** Where a job of this spec would start if it were submitted now, or why it would not. */
    public record Test(Optional<Placement> placement, List<Reason> reasons) {}

    public Test test(JobSpec spec) {
        List<QueueRow> waiting = store.waiting(settings.depth());
        List<JobRun> live = store.liveRuns();
        List<ClusterRecord> known = clusters.clusters();
        Instant now = clock.instant();
        PassInput stored = PassInputs.of(waiting, live, known, settings.sampleMaxAge(), now);
        List<WaitingJob> withProbe = new ArrayList<>(stored.waiting());
        withProbe.add(PassInputs.waiting(PROBE, spec.priority(), now, spec, known));
        PassResult result = pass.run(new PassInput(withProbe, stored.running(), stored.clusters(), now));
        return new Test(Optional.ofNullable(byJob(result).get(PROBE)), result.reasons().getOrDefault(PROBE, List.of()));
    }

    private static Map<String, Placement> byJob(PassResult result) {
        Map<String, Placement> placements = new HashMap<>();
        result.placements().forEach(placement -> placements.put(placement.jobId(), placement));
        return placements;
    }
}

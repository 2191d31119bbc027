package io.stepyard.core.scheduling;

import io.stepyard.core.job.RunSteps;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Placement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Commits placements as grants: per batch one transaction that checks the lease's epoch, raises the ledger, takes the queue rows out and
 * puts the runs to GRANTED. A batch that does not go through is tried job by job, so that one bad row stops nobody else (A30).
 */
final class GrantPlacements {

    /** Two rows a job, one ledger row a cluster and the lease stay below {@link JobStore#MAX_WRITES}. */
    private static final int BATCH = 40;

    private final JobStore store;
    private final InstantSource clock;

    GrantPlacements(JobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param strays jobs that stood in the queue and do not wait: the index lags behind, or the row makes no sense */
    record Outcome(int granted, int conflicts, Set<String> strays) {}

    /** @param committed told of each batch right after its commit */
    Outcome commit(List<Placement> placements, List<ClusterRecord> clusters, Lease lease,
            Consumer<List<JobRun>> committed) {
        Map<String, ClusterRecord> byName = clusters.stream()
                .collect(Collectors.toMap(ClusterRecord::name, Function.identity()));
        int granted = 0;
        int conflicts = 0;
        Set<String> strays = new TreeSet<>();
        for (int from = 0; from < placements.size(); from += BATCH) {
            List<JobRun> runs = steps(placements.subList(from, Math.min(placements.size(), from + BATCH)), lease,
                    strays);
            Attempted attempted = attempt(runs, byName, lease);
            if (attempted == Attempted.DONE) {
                committed.accept(runs);
                granted += runs.size();
            } else if (attempted == Attempted.LEASE_LOST) {
                return new Outcome(granted, conflicts + runs.size(), Set.of());
            } else {
                for (JobRun run : runs) {
                    if (attempt(List.of(run), byName, lease) == Attempted.DONE) {
                        committed.accept(List.of(run));
                        granted++;
                    } else {
                        conflicts++;
                    }
                }
            }
        }
        return new Outcome(granted, conflicts, strays);
    }

    private enum Attempted {
        DONE, CONFLICT, LEASE_LOST
    }

    private List<JobRun> steps(List<Placement> placements, Lease lease, Set<String> strays) {
        List<JobRun> runs = new ArrayList<>();
        for (Placement placement : placements) {
            Optional<JobRun> stored = store.run(placement.jobId()).filter(GrantPlacements::mayStart);
            if (stored.isEmpty()) {
                strays.add(placement.jobId());
            }
            stored.ifPresent(
                    run -> runs.add(RunSteps.granted(run, placement.cluster(), lease.epoch(), clock.instant())));
        }
        return runs;
    }

    /** The pass saw a moment that is over: who was cancelled or is held since then is not granted. */
    private static boolean mayStart(JobRun run) {
        return run.state() == JobState.QUEUED && !run.isHeld();
    }

    private Attempted attempt(List<JobRun> runs, Map<String, ClusterRecord> clusters, Lease lease) {
        if (runs.isEmpty()) {
            return Attempted.DONE;
        }
        List<StoreWrite> writes = new ArrayList<>();
        writes.add(new StoreWrite.CheckLease(lease.name(), lease.epoch()));
        Map<String, Resources> sums = new TreeMap<>();
        for (JobRun run : runs) {
            sums.merge(run.attempts().getLast().cluster(), run.spec().resources(), Resources::plus);
        }
        sums.forEach((name, sum) -> {
            ClusterRecord cluster = clusters.get(name);
            if (cluster != null) {
                writes.add(new StoreWrite.Reserve(name, sum, PassInputs.roof(cluster)));
            }
        });
        for (JobRun run : runs) {
            writes.add(new StoreWrite.DeleteQueueRow(run.jobId(), run.spec().priority()));
            writes.add(new StoreWrite.ReplaceRun(run));
        }
        return switch (store.commit(writes)) {
            case CommitResult.Committed _ -> Attempted.DONE;
            case CommitResult.Conflict conflict -> conflict.index() == 0 ? Attempted.LEASE_LOST : Attempted.CONFLICT;
        };
    }
}

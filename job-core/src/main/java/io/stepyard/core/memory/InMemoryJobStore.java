package io.stepyard.core.memory;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseRules;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWriteRules;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs, queue, clusters and leases in memory, with the exact semantics of the real stores. Lists come in a fixed order. */
public final class InMemoryJobStore implements JobStore, ClusterStore, LeaseStore {

    private final MemoryTables tables = new MemoryTables();

    @Override
    public synchronized CommitResult commit(List<StoreWrite> writes) {
        StoreWriteRules.require(writes);
        // No two writes name one row, so all can be checked before the first is done.
        for (int index = 0; index < writes.size(); index++) {
            if (!tables.holds(writes.get(index))) {
                return new CommitResult.Conflict(index, StoreWriteRules.expectation(writes.get(index)));
            }
        }
        writes.forEach(tables::apply);
        return new CommitResult.Committed();
    }

    @Override
    public synchronized Optional<JobRun> run(String jobId) {
        return Optional.ofNullable(tables.runs.get(jobId));
    }

    @Override
    public synchronized Page<JobRun> runs(RunQuery query) {
        Map<RunPosition, JobRun> rest = query.cursor() == null
                ? tables.newestFirst
                : tables.newestFirst.tailMap(RunPosition.fromCursor(query.cursor()), false);
        List<JobRun> items = new ArrayList<>();
        for (JobRun run : rest.values()) {
            boolean wanted = (query.states().isEmpty() || query.states().contains(run.state()))
                    && (query.tenant() == null || query.tenant().equals(run.spec().tenant()));
            if (!wanted) {
                continue;
            }
            if (items.size() == query.limit()) {
                return new Page<>(items, RunPosition.of(items.getLast()).toCursor());
            }
            items.add(run);
        }
        return new Page<>(items, null);
    }

    @Override
    public synchronized List<QueueRow> waiting(int limit) {
        return tables.waiting.values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<JobRun> liveRuns() {
        return List.copyOf(tables.live.values());
    }

    @Override
    public synchronized Optional<Document> document(String name) {
        return Optional.ofNullable(tables.documents.get(name));
    }

    @Override
    public synchronized Map<JobState, Long> countByState() {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        counts.putAll(tables.counts);
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    @Override
    public synchronized List<ClusterRecord> clusters() {
        return List.copyOf(tables.clusters.values());
    }

    @Override
    public synchronized Optional<ClusterRecord> cluster(String name) {
        return Optional.ofNullable(tables.clusters.get(name));
    }

    @Override
    public synchronized Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        Optional<Lease> taken = LeaseRules.acquire(tables.leases.get(lease), lease, owner, now, length);
        taken.ifPresent(held -> tables.leases.put(lease, held));
        return taken;
    }

    @Override
    public synchronized void release(Lease lease) {
        Lease held = tables.leases.get(lease.name());
        if (held != null && held.epoch() == lease.epoch()) {
            tables.leases.put(lease.name(), LeaseRules.released(held));
        }
    }
}

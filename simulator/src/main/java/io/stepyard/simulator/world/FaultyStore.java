package io.stepyard.simulator.world;

import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables, as the product meets them: faults on every call, lists that lag. What is committed is shown to the books at once. */
final class FaultyStore implements JobStore, ClusterStore, LeaseStore {

    private static final Duration LONGEST_LAG = Duration.ofSeconds(60);

    private final InMemoryJobStore rows = new InMemoryJobStore();
    /** What the indexes show: the same commits, some time later. */
    private final InMemoryJobStore index = new InMemoryJobStore();
    private final Deque<Pending> onTheWay = new ArrayDeque<>();
    private final Processes processes;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private final Books books;
    private boolean throttled;
    /** Which process has last been given the lease. */
    private String leaseHolder = "";

    private record Pending(Instant due, List<StoreWrite> writes) {}

    FaultyStore(Processes processes, Faults faults, Chance chance, Trace trace, Books books) {
        this.processes = processes;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
        this.books = books;
    }

    /** The tables as they are, without any fault. */
    InMemoryJobStore truth() {
        return rows;
    }

    /** Shows the indexes what was there before the world began. */
    void begin() {
        rows.clusters().forEach(cluster -> {
            if (!index.commit(List.of(new StoreWrite.InsertCluster(cluster))).isCommitted()) {
                throw new IllegalStateException("Expected an empty index, but found cluster " + cluster.name());
            }
        });
    }

    /** From now on, or no longer, most calls are refused. */
    void throttle(boolean on) {
        throttled = on;
    }

    @Override
    public CommitResult commit(List<StoreWrite> writes) {
        FaultClass fault = refuse(Edge.COMMIT);
        if (fault == FaultClass.STORE_CONFLICT) {
            faults.count(fault);
            return new CommitResult.Conflict(-1, "another transaction was in the way");
        }
        CommitResult result = write(writes);
        if (result.isCommitted()) {
            requireFence(writes);
        }
        if (fault == FaultClass.STORE_REPLY_LOST) {
            faults.count(fault);
            throw new StoreUnavailable("the store's reply was lost", null);
        }
        processes.leave(fault);
        return result;
    }

    /** Writes without any fault, as somebody does who is not part of the product. */
    CommitResult write(List<StoreWrite> writes) {
        CommitResult result = rows.commit(writes);
        if (result.isCommitted()) {
            for (StoreWrite write : writes) {
                if (write instanceof StoreWrite.ReplaceRun replace) {
                    trace.note(replace.run());
                } else if (write instanceof StoreWrite.InsertRun insert) {
                    trace.note(insert.run());
                }
            }
            books.committed(writes);
            List<StoreWrite> indexed = writes.stream().filter(write -> !(write instanceof StoreWrite.CheckLease))
                    .toList();
            Instant due = processes.now().plus(lag());
            Pending last = onTheWay.peekLast();
            onTheWay.add(new Pending(last != null && last.due().isAfter(due) ? last.due() : due, indexed));
        }
        return result;
    }

    /** Grants are made by whoever holds the lease and by nobody else (decision 3). */
    private void requireFence(List<StoreWrite> writes) {
        if (writes.stream().noneMatch(StoreWrite.DeleteQueueRow.class::isInstance)) {
            return;
        }
        for (StoreWrite write : writes) {
            if (write instanceof StoreWrite.ReplaceRun replace && replace.run().state() == JobState.GRANTED
                    && !leaseHolder.equals(processes.name())) {
                throw new Violation("decision-3", replace.run().jobId(), "was granted by " + processes.name()
                        + ", and the lease is held by " + leaseHolder);
            }
        }
    }

    private Duration lag() {
        return faults.has(FaultClass.INDEX_LAG) && chance.oneIn(4) ? chance.upTo(LONGEST_LAG) : Duration.ZERO;
    }

    /** The fault of a call that the store takes at all. */
    private @Nullable FaultClass refuse(Edge edge) {
        FaultClass fault = processes.enter(edge);
        if (throttled && faults.active() && chance.in(0.7)) {
            faults.count(FaultClass.STORE_THROTTLED);
            throw new StoreUnavailable("the store is overloaded", null);
        }
        if (fault == FaultClass.STORE_UNAVAILABLE) {
            faults.count(fault);
            throw new StoreUnavailable("the store did not answer", null);
        }
        return fault;
    }

    private <T> T row(Supplier<T> read) {
        FaultClass fault = refuse(Edge.READ);
        T found = read.get();
        processes.leave(fault);
        return found;
    }

    private InMemoryJobStore index() {
        FaultClass fault = refuse(Edge.READ);
        while (!onTheWay.isEmpty() && !onTheWay.getFirst().due().isAfter(processes.now())) {
            List<StoreWrite> due = onTheWay.removeFirst().writes();
            if (!due.isEmpty() && !index.commit(due).isCommitted()) {
                throw new IllegalStateException("Expected the index to follow the rows, but found a conflict");
            }
        }
        if (!onTheWay.isEmpty()) {
            faults.count(FaultClass.INDEX_LAG);
        }
        processes.leave(fault);
        return index;
    }

    @Override
    public Optional<JobRun> run(String jobId) {
        return row(() -> rows.run(jobId));
    }

    @Override
    public Page<JobRun> runs(RunQuery query) {
        return index().runs(query);
    }

    @Override
    public List<QueueRow> waiting(int limit) {
        return index().waiting(limit);
    }

    @Override
    public List<JobRun> liveRuns() {
        return index().liveRuns();
    }

    @Override
    public Optional<Document> document(String name) {
        return row(() -> rows.document(name));
    }

    @Override
    public Map<JobState, Long> countByState() {
        return index().countByState();
    }

    @Override
    public List<ClusterRecord> clusters() {
        return row(rows::clusters);
    }

    @Override
    public Optional<ClusterRecord> cluster(String name) {
        return row(() -> rows.cluster(name));
    }

    @Override
    public Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        FaultClass fault = refuse(Edge.COMMIT);
        if (fault == FaultClass.STORE_CONFLICT) {
            faults.count(fault);
            return Optional.empty();
        }
        Optional<Lease> taken = rows.acquire(lease, owner, now, length);
        trace.note("lease", owner, taken.map(Lease::epoch).orElse(-1L));
        if (taken.isPresent()) {
            leaseHolder = processes.name();
        }
        if (fault == FaultClass.STORE_REPLY_LOST) {
            faults.count(fault);
            throw new StoreUnavailable("the store's reply was lost", null);
        }
        processes.leave(fault);
        return taken;
    }

    @Override
    public void release(Lease lease) {
        FaultClass fault = refuse(Edge.COMMIT);
        rows.release(lease);
        processes.leave(fault);
    }
}

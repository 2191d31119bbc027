package io.stepyard.core.world;

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

/** The store in memory, where the next commits meet what a test has prepared for them. */
public final class FaultyStore implements JobStore, ClusterStore, LeaseStore {

    /** What can happen to a commit. */
    public enum Fault {
        /** Nothing is written, and nobody can say so. */
        LOST,
        /** All is written, and nobody can say so. */
        REPLY_LOST,
        /** Another transaction was in the way. */
        IN_THE_WAY
    }

    private final InMemoryJobStore store = new InMemoryJobStore();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Deque<Runnable> before = new ArrayDeque<>();
    private int commits;

    /** The next commits meet these, one each. */
    public void failNext(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Does this just before the next commit, as somebody does who is a little faster. */
    public void beforeNextCommit(Runnable other) {
        before.add(other);
    }

    /** How many commits have gone through. */
    public int commits() {
        return commits;
    }

    public void forgetFaults() {
        faults.clear();
    }

    @Override
    public CommitResult commit(List<StoreWrite> writes) {
        Runnable other = before.poll();
        if (other != null) {
            other.run();
        }
        Fault fault = faults.poll();
        if (fault == Fault.LOST) {
            throw new StoreUnavailable("the store did not answer", null);
        }
        if (fault == Fault.IN_THE_WAY) {
            return new CommitResult.Conflict(-1, "another transaction was in the way");
        }
        CommitResult result = store.commit(writes);
        commits += result.isCommitted() ? 1 : 0;
        if (fault == Fault.REPLY_LOST) {
            throw new StoreUnavailable("the store's reply was lost", null);
        }
        return result;
    }

    @Override
    public Optional<JobRun> run(String jobId) {
        return store.run(jobId);
    }

    @Override
    public Page<JobRun> runs(RunQuery query) {
        return store.runs(query);
    }

    @Override
    public List<QueueRow> waiting(int limit) {
        return store.waiting(limit);
    }

    @Override
    public List<JobRun> liveRuns() {
        return store.liveRuns();
    }

    @Override
    public Optional<Document> document(String name) {
        return store.document(name);
    }

    @Override
    public Map<JobState, Long> countByState() {
        return store.countByState();
    }

    @Override
    public List<ClusterRecord> clusters() {
        return store.clusters();
    }

    @Override
    public Optional<ClusterRecord> cluster(String name) {
        return store.cluster(name);
    }

    @Override
    public Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        return store.acquire(lease, owner, now, length);
    }

    @Override
    public void release(Lease lease) {
        store.release(lease);
    }
}

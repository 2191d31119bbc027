package io.stepyard.store.embedded;

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
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWriteRules;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.store.embedded.RowChange.PutLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs, queue, clusters and leases in the files of one directory, for one process at a time.
 *
 * <p>What is promised: when {@link #commit}, {@link #acquire} or {@link #release} has returned, its change has been written and forced
 * to the disk, so it survives {@code kill -9} of the process and, as far as the disk keeps its word, a loss of power. Nothing can be
 * read before that. Commits that come at the same time share one wait for the disk. Reads see one moment each; lists do not lag.
 */
public final class EmbeddedStore implements JobStore, ClusterStore, LeaseStore, AutoCloseable {

    private final DirectoryLock lock;
    private final GroupWriter writer;
    private final Readers readers;

    private EmbeddedStore(DirectoryLock lock, GroupWriter writer, Readers readers) {
        this.lock = lock;
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the store of a directory, which is made when it is not there. After a crash this repeats the end of the commit log.
     *
     * @throws StoreInUse when another process, or another store of this one, has the directory open
     * @throws StoreUnavailable when the files cannot be read or written
     */
    public static EmbeddedStore open(Path directory) {
        return open(directory, GroupWriter.MAX_LOG_BYTES);
    }

    /** With another size at which the commit log is emptied. */
    static EmbeddedStore open(Path directory, long maxLogBytes) {
        try {
            Files.createDirectories(directory);
            return open(directory, DirectoryLock.take(directory), maxLogBytes);
        } catch (SQLException | IOException failed) {
            throw new StoreUnavailable("The store in " + directory + " cannot be opened: " + failed.getMessage(),
                    failed);
        }
    }

    private static EmbeddedStore open(Path directory, DirectoryLock lock, long maxLogBytes)
            throws SQLException, IOException {
        Connection connection = null;
        try {
            Database database = new Database(directory.resolve("store"));
            connection = database.openWriter();
            GroupWriter writer = GroupWriter.open(connection, CommitLog.open(directory.resolve("commits.log")),
                    maxLogBytes);
            return new EmbeddedStore(lock, writer, new Readers(database));
        } catch (SQLException | IOException | RuntimeException failed) {
            if (connection != null) {
                connection.close();
            }
            lock.close();
            throw failed;
        }
    }

    @Override
    public CommitResult commit(List<StoreWrite> writes) {
        StoreWriteRules.require(writes);
        List<PreparedWrite> prepared = PreparedWrite.prepare(writes);
        readers.learn(prepared);
        return writer.submit((tables, changes) -> decide(prepared, tables, changes));
    }

    private static CommitResult decide(List<PreparedWrite> writes, WriteTables tables, List<RowChange> changes)
            throws SQLException {
        List<RowChange> decided = new ArrayList<>();
        // No two writes name one row, so all can be checked before the first is done.
        for (int index = 0; index < writes.size(); index++) {
            Optional<WriteTables.Decision> decision = tables.decide(writes.get(index));
            if (decision.isEmpty()) {
                return new CommitResult.Conflict(index, StoreWriteRules.expectation(writes.get(index).write()));
            }
            RowChange change = decision.get().change();
            if (change != null) {
                decided.add(change);
            }
        }
        changes.addAll(decided);
        return new CommitResult.Committed();
    }

    @Override
    public Optional<JobRun> run(String jobId) {
        return readers.read(tables -> tables.run(jobId));
    }

    @Override
    public Page<JobRun> runs(RunQuery query) {
        return readers.read(tables -> tables.runs(query));
    }

    @Override
    public List<QueueRow> waiting(int limit) {
        return readers.read(tables -> tables.waiting(limit));
    }

    @Override
    public List<JobRun> liveRuns() {
        return readers.read(ReadTables::liveRuns);
    }

    @Override
    public Optional<Document> document(String name) {
        return readers.read(tables -> tables.document(name));
    }

    @Override
    public Map<JobState, Long> countByState() {
        return readers.read(ReadTables::countByState);
    }

    @Override
    public List<ClusterRecord> clusters() {
        return readers.read(ReadTables::clusters);
    }

    @Override
    public Optional<ClusterRecord> cluster(String name) {
        return readers.read(tables -> tables.cluster(name));
    }

    @Override
    public Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        return writer.submit((tables, changes) -> {
            Optional<Lease> taken = LeaseRules.acquire(tables.lease(lease), lease, owner, now, length);
            taken.ifPresent(held -> changes.add(PutLease.of(held)));
            return taken;
        });
    }

    @Override
    public void release(Lease lease) {
        writer.submit((tables, changes) -> {
            Lease held = tables.lease(lease.name());
            if (held == null || held.epoch() != lease.epoch()) {
                return false;
            }
            changes.add(PutLease.of(LeaseRules.released(held)));
            return true;
        });
    }

    /** Finishes the commits that were begun and gives the directory free. Calls after this throw {@link StoreUnavailable}. */
    @Override
    public void close() {
        try (lock) {
            readers.close();
            writer.close();
        } catch (SQLException | IOException failed) {
            throw new StoreUnavailable("The embedded store did not close well: " + failed.getMessage(), failed);
        }
    }
}

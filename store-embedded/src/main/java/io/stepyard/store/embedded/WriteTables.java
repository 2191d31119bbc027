package io.stepyard.store.embedded;

import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.embedded.RowChange.PutCluster;
import io.stepyard.store.embedded.RowChange.PutLease;
import io.stepyard.store.embedded.RowChange.PutQueueRow;
import io.stepyard.store.embedded.RowChange.PutRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables as the one writer sees them: checks what a write expects, and makes row changes. Used by one thread. */
final class WriteTables {

    private final SqlStatements sql;
    /** Changes of run_count that the transaction has not written yet: many jobs, few states. */
    private final Map<JobState, Long> countChanges = new EnumMap<>(JobState.class);

    WriteTables(Connection connection) {
        this.sql = new SqlStatements(connection);
    }

    /** Whether the write finds what it expects, and the change it then makes. */
    Optional<Decision> decide(PreparedWrite prepared) throws SQLException {
        RowChange image = prepared.image();
        return switch (prepared.write()) {
            case InsertRun insert -> putIf(runVersion(insert.run().jobId()) == null, image);
            case ReplaceRun replace -> putIf(isVersion(runVersion(replace.run().jobId()), replace.run().version() - 1),
                    image);
            case InsertQueueRow insert -> putIf(!hasQueueRow(insert.row().jobId(), insert.row().priority()), image);
            case ReplaceQueueRow replace -> putIf(hasQueueRow(replace.row().jobId(), replace.row().priority()), image);
            case StoreWrite.DeleteQueueRow delete -> putIf(hasQueueRow(delete.jobId(), delete.priority()), image);
            case Reserve reserve -> reserve(cluster(reserve.cluster()), reserve);
            case Release release -> release(cluster(release.cluster()), release.amount());
            case CheckLease check -> check(lease(check.lease()), check.epoch());
            case InsertCluster insert -> putIf(cluster(insert.cluster().name()) == null, image);
            case ReplaceCluster replace -> replace(cluster(replace.cluster().name()), replace, image);
            case StoreWrite.DeleteCluster delete -> delete(cluster(delete.name()), delete, image);
            case StoreWrite.PutDocument put -> putIf(
                    documentVersion(put.document().name()) == put.document().version() - 1, image);
        };
    }

    /** A write that holds, and the change it makes: none for a check. */
    record Decision(@Nullable RowChange change) {}

    private static Optional<Decision> putIf(boolean holds, @Nullable RowChange change) {
        return holds ? Optional.of(new Decision(change)) : Optional.empty();
    }

    private static Optional<Decision> reserve(@Nullable PutCluster row, Reserve reserve) {
        if (row == null || row.drained() || !row.reserved().plus(reserve.amount()).fitsWithin(reserve.limit())) {
            return Optional.empty();
        }
        return putIf(true, row.withReserved(row.reserved().plus(reserve.amount())));
    }

    private static Optional<Decision> release(@Nullable PutCluster row, Resources amount) {
        return row == null || !amount.fitsWithin(row.reserved())
                ? Optional.empty()
                : putIf(true, row.withReserved(row.reserved().minus(amount)));
    }

    private static Optional<Decision> check(@Nullable Lease lease, long epoch) {
        return putIf(lease != null && lease.epoch() == epoch, null);
    }

    private static Optional<Decision> replace(@Nullable PutCluster row, ReplaceCluster replace,
            @Nullable RowChange image) {
        if (row == null || row.version() != replace.cluster().version() - 1
                || !(image instanceof PutCluster registration)) {
            return Optional.empty();
        }
        return putIf(true, registration.withReserved(row.reserved()));
    }

    private static Optional<Decision> delete(@Nullable PutCluster row, StoreWrite.DeleteCluster delete,
            @Nullable RowChange image) {
        return putIf(row != null && row.version() == delete.version() && row.reserved().isNone(), image);
    }

    void apply(RowChange change) throws SQLException {
        switch (change) {
            case PutRun run -> putRun(run);
            case PutQueueRow row -> sql.update(
                    "MERGE INTO queue_row(job_id, priority, enqueued, token, body) KEY(job_id, priority) VALUES(?, ?, ?, ?, ?)",
                    row.jobId(), row.priority(), row.enqueued(), row.token(), row.body());
            case RowChange.DeleteQueueRow row -> sql.update("DELETE FROM queue_row WHERE job_id = ? AND priority = ?",
                    row.jobId(), row.priority());
            case PutCluster cluster -> sql.update(
                    "MERGE INTO cluster(name, version, drained, reserved_cpu, reserved_memory, body) KEY(name)"
                            + " VALUES(?, ?, ?, ?, ?, ?)",
                    cluster.name(), cluster.version(), cluster.drained(), cluster.reservedCpuMillicores(),
                    cluster.reservedMemoryMib(), cluster.body());
            case RowChange.DeleteCluster cluster -> sql.update("DELETE FROM cluster WHERE name = ?", cluster.name());
            case RowChange.PutDocument document -> sql.update(
                    "MERGE INTO document(name, version, body) KEY(name) VALUES(?, ?, ?)", document.name(),
                    document.version(), document.body());
            case PutLease lease -> sql.update(
                    "MERGE INTO lease(name, owner, epoch, expires_at) KEY(name) VALUES(?, ?, ?, ?)", lease.name(),
                    lease.owner(), lease.epoch(), lease.expiresAt());
        }
    }

    /** Writes what belongs to the transaction and is kept back until its end. To be called before each commit. */
    void flush() throws SQLException {
        for (Map.Entry<JobState, Long> change : countChanges.entrySet()) {
            String state = change.getKey().name();
            if (change.getValue() != 0
                    && sql.update("UPDATE run_count SET runs = runs + ? WHERE state = ?", change.getValue(),
                            state) == 0) {
                sql.update("INSERT INTO run_count(state, runs) VALUES(?, ?)", state, change.getValue());
            }
        }
        countChanges.clear();
    }

    /** Forgets what was kept back, after a rollback. */
    void forget() {
        countChanges.clear();
    }

    @Nullable
    Lease lease(String name) throws SQLException {
        PreparedStatement select = sql.prepare("SELECT owner, epoch, expires_at FROM lease WHERE name = ?", name);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new PutLease(name, row.getString(1), row.getLong(2), row.getString(3)).lease() : null;
        }
    }

    private void putRun(PutRun run) throws SQLException {
        PreparedStatement select = sql.prepare("SELECT state FROM run WHERE job_id = ?", run.jobId());
        JobState before;
        try (ResultSet row = select.executeQuery()) {
            before = row.next() ? JobState.valueOf(row.getString(1)) : null;
        }
        if (before == null) {
            sql.update(
                    "INSERT INTO run(version, state, tenant, place, token, body, job_id) VALUES(?, ?, ?, ?, ?, ?, ?)",
                    run.version(), run.state().name(), run.tenant(), run.place(), run.token(), run.body(),
                    run.jobId());
        } else {
            sql.update(
                    "UPDATE run SET version = ?, state = ?, tenant = ?, place = ?, token = ?, body = ? WHERE job_id = ?",
                    run.version(), run.state().name(), run.tenant(), run.place(), run.token(), run.body(),
                    run.jobId());
            countChanges.merge(before, -1L, Long::sum);
        }
        countChanges.merge(run.state(), 1L, Long::sum);
    }

    /** 0 when there is none. */
    private long documentVersion(String name) throws SQLException {
        try (ResultSet row = sql.prepare("SELECT version FROM document WHERE name = ?", name).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private @Nullable Long runVersion(String jobId) throws SQLException {
        try (ResultSet row = sql.prepare("SELECT version FROM run WHERE job_id = ?", jobId).executeQuery()) {
            return row.next() ? Long.valueOf(row.getLong(1)) : null;
        }
    }

    private static boolean isVersion(@Nullable Long found, long expected) {
        return found != null && found == expected;
    }

    private boolean hasQueueRow(String jobId, int priority) throws SQLException {
        PreparedStatement select = sql.prepare("SELECT enqueued FROM queue_row WHERE job_id = ? AND priority = ?",
                jobId, priority);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private @Nullable PutCluster cluster(String name) throws SQLException {
        PreparedStatement select = sql.prepare(
                "SELECT version, drained, reserved_cpu, reserved_memory, body FROM cluster WHERE name = ?", name);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new PutCluster(name, row.getLong(1), row.getBoolean(2), row.getLong(3), row.getLong(4),
                            row.getString(5))
                    : null;
        }
    }
}

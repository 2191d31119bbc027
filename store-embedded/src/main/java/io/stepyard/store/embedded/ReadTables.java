package io.stepyard.store.embedded;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreJson;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables as a reader sees them. Used by one thread, one transaction for each call. */
final class ReadTables {

    /** Above every place: a page from the start. */
    private static final String NEWEST = "~";

    private final SqlStatements sql;
    private final Memory memory;

    /** What the readers of one store know together. */
    record Memory(DecodedRows<JobRun> runs, DecodedRows<QueueRow> queueRows, DecodedRows<ClusterRecord> clusters) {

        private static final long MAX_CHARACTERS = 3L * 1024 * 1024;

        Memory() {
            this(new DecodedRows<>(MAX_CHARACTERS, text -> StoreJson.run(text, null)),
                    new DecodedRows<>(MAX_CHARACTERS, StoreJson::queueRow),
                    new DecodedRows<>(MAX_CHARACTERS / 10, text -> StoreJson.cluster(text, Resources.NONE)));
        }

        /** Learns what is about to be written: it will be read again soon. Free attributes may come back in another number type. */
        void learn(PreparedWrite prepared) {
            switch (prepared.write()) {
                case InsertRun insert -> learn(insert.run(), prepared);
                case ReplaceRun replace -> learn(replace.run(), prepared);
                case StoreWrite.InsertQueueRow _,StoreWrite.ReplaceQueueRow _,StoreWrite.DeleteQueueRow _,StoreWrite.Reserve _,StoreWrite.Release _,StoreWrite.CheckLease _,StoreWrite.InsertCluster _,StoreWrite.ReplaceCluster _,StoreWrite.DeleteCluster _,StoreWrite.PutDocument _ ->
                    {
                    }
            }
        }

        private void learn(JobRun run, PreparedWrite prepared) {
            if (run.spec().attributes().isEmpty() && prepared.image() instanceof RowChange.PutRun row) {
                runs.learn(row.body(), run.withToken(null));
            }
        }
    }

    ReadTables(Connection connection, Memory memory) {
        this.sql = new SqlStatements(connection);
        this.memory = memory;
    }

    Optional<JobRun> run(String jobId) throws SQLException {
        try (ResultSet row = sql.prepare("SELECT body, token FROM run WHERE job_id = ?", jobId).executeQuery()) {
            return row.next() ? Optional.of(readRun(row)) : Optional.empty();
        }
    }

    /** Places first, from an index that holds nothing else; then the rows of the places that are on the page. */
    Page<JobRun> runs(RunQuery query) throws SQLException {
        String cursor = query.cursor();
        String below = cursor == null ? NEWEST : RunPosition.fromCursor(cursor).sortKey();
        Set<JobState> states = query.states().isEmpty() ? EnumSet.allOf(JobState.class) : query.states();
        List<String> places = new ArrayList<>();
        for (JobState state : states) {
            places.addAll(places(state, query.tenant(), below, query.limit() + 1));
        }
        places.sort(Comparator.reverseOrder());
        List<JobRun> items = new ArrayList<>();
        for (String place : places.subList(0, Math.min(query.limit(), places.size()))) {
            items.add(run(place.substring(place.indexOf('#') + 1)).orElseThrow());
        }
        return new Page<>(items,
                places.size() > query.limit() ? RunPosition.of(items.getLast()).toCursor() : null);
    }

    private List<String> places(JobState state, @Nullable String tenant, String below, int limit)
            throws SQLException {
        PreparedStatement select = tenant == null
                ? sql.prepare("SELECT place FROM run USE INDEX (run_by_state) WHERE state = ? AND place < ?"
                        + " ORDER BY state, place DESC LIMIT ?", state.name(), below, limit)
                : sql.prepare(
                        "SELECT place FROM run USE INDEX (run_by_tenant) WHERE tenant = ? AND state = ? AND place < ?"
                                + " ORDER BY tenant, state, place DESC LIMIT ?",
                        tenant, state.name(), below, limit);
        List<String> places = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                places.add(rows.getString(1));
            }
        }
        return places;
    }

    List<QueueRow> waiting(int limit) throws SQLException {
        List<QueueRow> waiting = new ArrayList<>();
        PreparedStatement select = sql.prepare("SELECT body FROM queue_row USE INDEX (queue_order)"
                + " ORDER BY priority DESC, enqueued, job_id LIMIT ?", limit);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                waiting.add(memory.queueRows().of(rows.getString(1)));
            }
        }
        return waiting;
    }

    List<JobRun> liveRuns() throws SQLException {
        List<JobRun> live = new ArrayList<>();
        for (JobState state : JobState.values()) {
            if (!state.holdsReservation()) {
                continue;
            }
            PreparedStatement select = sql.prepare(
                    "SELECT body, token FROM run USE INDEX (run_by_state) WHERE state = ?",
                    state.name());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    live.add(readRun(rows));
                }
            }
        }
        return live;
    }

    Map<JobState, Long> countByState() throws SQLException {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        try (ResultSet rows = sql.prepare("SELECT state, runs FROM run_count WHERE runs <> 0").executeQuery()) {
            while (rows.next()) {
                counts.put(JobState.valueOf(rows.getString(1)), rows.getLong(2));
            }
        }
        return counts;
    }

    List<ClusterRecord> clusters() throws SQLException {
        List<ClusterRecord> clusters = new ArrayList<>();
        PreparedStatement select = sql
                .prepare("SELECT body, reserved_cpu, reserved_memory FROM cluster ORDER BY name");
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                clusters.add(readCluster(rows));
            }
        }
        return clusters;
    }

    Optional<ClusterRecord> cluster(String name) throws SQLException {
        PreparedStatement select = sql
                .prepare("SELECT body, reserved_cpu, reserved_memory FROM cluster WHERE name = ?", name);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(readCluster(row)) : Optional.empty();
        }
    }

    Optional<Document> document(String name) throws SQLException {
        try (ResultSet row = sql.prepare("SELECT version, body FROM document WHERE name = ?", name).executeQuery()) {
            return row.next() ? Optional.of(new Document(name, row.getLong(1), row.getString(2))) : Optional.empty();
        }
    }

    private JobRun readRun(ResultSet row) throws SQLException {
        String token = row.getString(2);
        return memory.runs().of(row.getString(1)).withToken(token == null ? null : new TaskToken(token));
    }

    private ClusterRecord readCluster(ResultSet row) throws SQLException {
        return memory.clusters().of(row.getString(1)).withReserved(new Resources(row.getLong(2), row.getLong(3)));
    }
}

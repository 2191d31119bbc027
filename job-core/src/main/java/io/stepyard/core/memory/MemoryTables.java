package io.stepyard.core.memory;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.DeleteCluster;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.PutDocument;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows and their orders. Not safe for threads: the store locks around it. */
final class MemoryTables {

    /** The order in which jobs wait. */
    record QueueKey(int priority, Instant enqueuedAt, String jobId) implements Comparable<QueueKey> {

        private static final Comparator<QueueKey> ORDER = Comparator.comparingInt(QueueKey::priority).reversed()
                .thenComparing(QueueKey::enqueuedAt).thenComparing(QueueKey::jobId);

        @Override
        public int compareTo(QueueKey other) {
            return ORDER.compare(this, other);
        }
    }

    private record QueueRowKey(String jobId, int priority) {}

    final Map<String, JobRun> runs = new HashMap<>();
    final NavigableMap<RunPosition, JobRun> newestFirst = new TreeMap<>();
    final NavigableMap<String, JobRun> live = new TreeMap<>();
    final Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    final NavigableMap<QueueKey, QueueRow> waiting = new TreeMap<>();
    final NavigableMap<String, ClusterRecord> clusters = new TreeMap<>();
    final Map<String, Lease> leases = new HashMap<>();
    final Map<String, Document> documents = new HashMap<>();
    private final Map<QueueRowKey, QueueKey> queueKeys = new HashMap<>();

    /** Whether the write finds what it expects. */
    boolean holds(StoreWrite write) {
        return switch (write) {
            case InsertRun insert -> !runs.containsKey(insert.run().jobId());
            case ReplaceRun replace -> isAt(runs.get(replace.run().jobId()), replace.run().version() - 1);
            case InsertQueueRow insert -> !queueKeys.containsKey(key(insert.row()));
            case ReplaceQueueRow replace -> queueKeys.containsKey(key(replace.row()));
            case DeleteQueueRow delete -> queueKeys.containsKey(new QueueRowKey(delete.jobId(), delete.priority()));
            case Reserve reserve -> hasRoom(clusters.get(reserve.cluster()), reserve);
            case Release release -> isReserved(clusters.get(release.cluster()), release.amount());
            case CheckLease check -> isAt(leases.get(check.lease()), check.epoch());
            case InsertCluster insert -> !clusters.containsKey(insert.cluster().name());
            case ReplaceCluster replace -> isAt(clusters.get(replace.cluster().name()),
                    replace.cluster().version() - 1);
            case DeleteCluster delete -> isEmptyAt(clusters.get(delete.name()), delete.version());
            case PutDocument put -> isAt(documents.get(put.document().name()), put.document().version() - 1);
        };
    }

    /** Does a write that holds. */
    void apply(StoreWrite write) {
        switch (write) {
            case InsertRun insert -> put(insert.run());
            case ReplaceRun replace -> put(replace.run());
            case InsertQueueRow insert -> enqueue(insert.row());
            case ReplaceQueueRow replace -> {
                waiting.remove(queueKeys.remove(key(replace.row())));
                enqueue(replace.row());
            }
            case DeleteQueueRow delete -> waiting
                    .remove(queueKeys.remove(new QueueRowKey(delete.jobId(), delete.priority())));
            case Reserve reserve -> ledger(reserve.cluster(), stored(reserve.cluster()).plus(reserve.amount()));
            case Release release -> ledger(release.cluster(), stored(release.cluster()).minus(release.amount()));
            case CheckLease _ -> {
                // Changes nothing.
            }
            case InsertCluster insert -> clusters.put(insert.cluster().name(), insert.cluster());
            case ReplaceCluster replace -> clusters.put(replace.cluster().name(),
                    withLedger(replace.cluster(), stored(replace.cluster().name())));
            case DeleteCluster delete -> clusters.remove(delete.name());
            case PutDocument put -> documents.put(put.document().name(), put.document());
        }
    }

    private void put(JobRun run) {
        JobRun before = runs.put(run.jobId(), run);
        if (before != null) {
            newestFirst.remove(RunPosition.of(before));
            counts.merge(before.state(), -1L, Long::sum);
        }
        newestFirst.put(RunPosition.of(run), run);
        counts.merge(run.state(), 1L, Long::sum);
        if (run.state().holdsReservation()) {
            live.put(run.jobId(), run);
        } else {
            live.remove(run.jobId());
        }
    }

    private void enqueue(QueueRow row) {
        QueueKey order = new QueueKey(row.priority(), row.enqueuedAt(), row.jobId());
        queueKeys.put(key(row), order);
        waiting.put(order, new QueueRow(row.jobId(), row.priority(), row.enqueuedAt(), row.attemptsMade(), row.spec(),
                null, row.held()));
    }

    private Resources stored(String cluster) {
        return Objects.requireNonNull(clusters.get(cluster)).reserved();
    }

    private void ledger(String cluster, Resources reserved) {
        clusters.put(cluster, withLedger(Objects.requireNonNull(clusters.get(cluster)), reserved));
    }

    private static ClusterRecord withLedger(ClusterRecord row, Resources reserved) {
        return row.withReserved(reserved);
    }

    private static QueueRowKey key(QueueRow row) {
        return new QueueRowKey(row.jobId(), row.priority());
    }

    private static boolean isAt(@Nullable JobRun run, long version) {
        return run != null && run.version() == version;
    }

    private static boolean isAt(@Nullable ClusterRecord cluster, long version) {
        return cluster != null && cluster.version() == version;
    }

    private static boolean isAt(@Nullable Lease lease, long epoch) {
        return lease != null && lease.epoch() == epoch;
    }

    private static boolean isAt(@Nullable Document document, long version) {
        return (document == null ? 0 : document.version()) == version;
    }

    private static boolean isEmptyAt(@Nullable ClusterRecord cluster, long version) {
        return cluster != null && cluster.version() == version && cluster.reserved().isNone();
    }

    private static boolean isReserved(@Nullable ClusterRecord cluster, Resources amount) {
        return cluster != null && amount.fitsWithin(cluster.reserved());
    }

    private static boolean hasRoom(@Nullable ClusterRecord cluster, Reserve reserve) {
        return cluster != null && !cluster.drained()
                && cluster.reserved().plus(reserve.amount()).fitsWithin(reserve.limit());
    }
}

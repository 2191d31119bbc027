package io.stepyard.store.embedded;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.SortableInstant;
import io.stepyard.core.store.StoreJson;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a committed write makes of one row: the whole new row, or its absence. Never a difference, so that doing it again changes
 * nothing; that is what lets the commit log be repeated from any point before the end.
 */
sealed interface RowChange {

    /** @param place sort key of the list of runs */
    record PutRun(String jobId, long version, JobState state, String tenant, String place, @Nullable String token,
            String body) implements RowChange {

        static PutRun of(JobRun run) {
            TaskToken token = run.token();
            return new PutRun(run.jobId(), run.version(), run.state(), run.spec().tenant(),
                    RunPosition.of(run).sortKey(), token == null ? null : token.value(), StoreJson.ofRun(run));
        }

        @Override
        public String toString() {
            return "PutRun[" + jobId + "]";
        }
    }

    /** @param enqueued nanoseconds since 1970 */
    record PutQueueRow(String jobId, int priority, long enqueued, String token, String body) implements RowChange {

        static PutQueueRow of(QueueRow row) {
            return new PutQueueRow(row.jobId(), row.priority(), SortableInstant.nanos(row.enqueuedAt()),
                    Objects.requireNonNull(row.token()).value(), StoreJson.ofQueueRow(row));
        }

        @Override
        public String toString() {
            return "PutQueueRow[" + jobId + "/" + priority + "]";
        }
    }

    record DeleteQueueRow(String jobId, int priority) implements RowChange {}

    record PutCluster(String name, long version, boolean drained, long reservedCpuMillicores, long reservedMemoryMib,
            String body) implements RowChange {

        static PutCluster of(ClusterRecord cluster, Resources reserved) {
            return new PutCluster(cluster.name(), cluster.version(), cluster.drained(), reserved.cpuMillicores(),
                    reserved.memoryMib(), StoreJson.ofCluster(cluster));
        }

        Resources reserved() {
            return new Resources(reservedCpuMillicores, reservedMemoryMib);
        }

        PutCluster withReserved(Resources reserved) {
            return new PutCluster(name, version, drained, reserved.cpuMillicores(), reserved.memoryMib(), body);
        }
    }

    record DeleteCluster(String name) implements RowChange {}

    record PutDocument(String name, long version, String body) implements RowChange {

        static PutDocument of(Document document) {
            return new PutDocument(document.name(), document.version(), document.body());
        }
    }

    record PutLease(String name, String owner, long epoch, String expiresAt) implements RowChange {

        static PutLease of(Lease lease) {
            return new PutLease(lease.name(), lease.owner(), lease.epoch(), lease.expiresAt().toString());
        }

        Lease lease() {
            return new Lease(name, owner, epoch, Instant.parse(expiresAt));
        }
    }
}

package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.QueueRow;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is no transaction is refused as a caller's bug, and nothing is written. */
abstract class LimitsContract extends StoreContractGroup {

    private static List<StoreWrite> inserts(int count) {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(new InsertRun(Rows.queued("job-" + i)));
        }
        return writes;
    }

    private void assertRefused(StoreWrite... writes) {
        assertRefused(List.of(writes));
    }

    private void assertRefused(List<StoreWrite> writes) {
        assertThatThrownBy(() -> store().jobs().commit(writes)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected").hasMessageNotContaining("secret-token");
        assertThat(store().jobs().countByState().values()).allMatch(count -> count == 0);
    }

    @Test
    final void shouldTakeAsManyWritesAsATransactionMayHave() {
        assertCommitted(store().jobs().commit(inserts(JobStore.MAX_WRITES)));

        assertThat(store().jobs().countByState()).containsEntry(JobState.QUEUED, (long) JobStore.MAX_WRITES);
    }

    @Test
    final void shouldFindTheConflictInTheLastOfManyWrites() {
        List<StoreWrite> writes = inserts(JobStore.MAX_WRITES - 1);
        writes.add(new CheckLease("pass", 1));

        assertConflictAt(JobStore.MAX_WRITES - 1, store().jobs().commit(writes));
        assertThat(store().jobs().run("job-0")).isEmpty();
    }

    @Test
    final void shouldRefuseMoreWritesThanATransactionMayHave() {
        assertRefused(inserts(JobStore.MAX_WRITES + 1));
    }

    @Test
    final void shouldRefuseNoWrites() {
        assertRefused();
    }

    @Test
    final void shouldRefuseTwoWritesOfOneRow() {
        JobRun run = Rows.queued("job-1");
        ClusterRecord zurich = Rows.cluster("zurich");
        QueueRow row = Rows.waiting("job-1", 5, Rows.START);
        assertRefused(new InsertRun(run), new ReplaceRun(Rows.next(run, JobState.GRANTED)));
        assertRefused(new InsertQueueRow(row), new StoreWrite.DeleteQueueRow("job-1", 5));
        assertRefused(new CheckLease("pass", 1), new CheckLease("pass", 1));
        assertRefused(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY), new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));
        assertRefused(new Release("zurich", Rows.SIZE), new ReplaceCluster(Rows.drained(zurich)));
        assertRefused(new InsertCluster(zurich), new StoreWrite.DeleteCluster("zurich", 1));
    }

    @Test
    final void shouldRefuseANewRowThatIsNotNew() {
        ClusterRecord zurich = Rows.cluster("zurich");
        assertRefused(new InsertRun(Rows.next(Rows.queued("job-1"), JobState.GRANTED)));
        assertRefused(new InsertCluster(Rows.drained(zurich)));
        assertRefused(new InsertCluster(new ClusterRecord("zurich", 1, "http", zurich.endpoint(), Rows.CAPACITY,
                zurich.labels(), false, null, Resources.ofCores(1, 1), zurich.health())));
        assertRefused(new InsertQueueRow(
                new QueueRow("job-1", 5, Rows.START, 0, Rows.spec("research", 5), null)));
        assertRefused(new ReplaceQueueRow(
                new QueueRow("job-1", 5, Rows.START, 0, Rows.spec("research", 5), null)));
    }
}

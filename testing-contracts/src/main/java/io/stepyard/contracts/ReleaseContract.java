package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attempt ends: the ledger goes down with its row, and never below nothing. */
abstract class ReleaseContract extends StoreContractGroup {

    private final JobRun run = Rows.queued("job-1");
    private final JobRun granted = Rows.next(run, JobState.GRANTED);

    @BeforeEach
    final void aGrantedJob() {
        store().given(new InsertRun(run), new InsertCluster(Rows.cluster("zurich")));
        store().given(new ReplaceRun(granted), new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));
    }

    @Test
    final void shouldReturnTheLedgerToZeroWithTheEndOfTheJob() {
        JobRun ended = Rows.next(granted, JobState.SUCCEEDED);

        assertCommitted(store().commit(new ReplaceRun(ended), new Release("zurich", Rows.SIZE)));

        assertThat(store().reserved("zurich")).isEqualTo(Resources.NONE);
        assertThat(store().jobs().liveRuns()).isEmpty();
        assertThat(store().run("job-1")).isEqualTo(ended);
    }

    @Test
    final void shouldReleaseOnlyOnceForOneEnd() {
        JobRun ended = Rows.next(granted, JobState.FAILED);
        store().given(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));
        store().given(new ReplaceRun(ended), new Release("zurich", Rows.SIZE));

        assertConflictAt(0, store().commit(new ReplaceRun(ended), new Release("zurich", Rows.SIZE)));
        assertThat(store().reserved("zurich")).isEqualTo(Rows.SIZE);
    }

    @Test
    final void shouldRefuseToReleaseMoreThanIsReserved() {
        JobRun ended = Rows.next(granted, JobState.SUCCEEDED);

        assertConflictAt(1, store().commit(new ReplaceRun(ended),
                new Release("zurich", new Resources(Rows.SIZE.cpuMillicores() + 1, 1))));
        assertConflictAt(1, store().commit(new ReplaceRun(ended),
                new Release("zurich", new Resources(1, Rows.SIZE.memoryMib() + 1))));
        assertThat(store().run("job-1")).isEqualTo(granted);
        assertThat(store().reserved("zurich")).isEqualTo(Rows.SIZE);
    }

    @Test
    final void shouldRefuseToReleaseOnAClusterThatIsNotThere() {
        assertConflictAt(0, store().commit(new Release("oslo", Resources.NONE)));
    }

    @Test
    final void shouldReleaseOnADrainedCluster() {
        store().given(new ReplaceCluster(Rows.drained(store().cluster("zurich"))));

        assertCommitted(store().commit(new Release("zurich", Rows.SIZE)));
        assertThat(store().reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    final void shouldTakeAReleasedJobBackIntoTheQueue() {
        JobRun back = Rows.next(granted, JobState.QUEUED);
        assertCommitted(store().commit(new ReplaceRun(back), new Release("zurich", Rows.SIZE),
                new InsertQueueRow(Rows.waiting("job-1", 1000, Rows.START))));

        assertThat(store().jobs().waiting(10)).extracting(QueueRow::jobId).containsExactly("job-1");
        assertThat(store().jobs().liveRuns()).isEmpty();
    }

    @Test
    final void shouldChangeAPriorityAsOneTransaction() {
        store().given(new InsertQueueRow(Rows.waiting("job-1", 1000, Rows.START)));

        assertCommitted(store().commit(new DeleteQueueRow("job-1", 1000),
                new InsertQueueRow(Rows.waiting("job-1", 7000, Rows.START))));

        assertThat(store().jobs().waiting(10)).extracting(QueueRow::priority).containsExactly(7000);
    }
}

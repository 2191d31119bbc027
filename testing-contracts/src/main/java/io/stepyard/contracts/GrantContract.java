package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The grant: queue row out, run row GRANTED, ledger up, lease checked, in one transaction. */
abstract class GrantContract extends StoreContractGroup {

    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final JobRun run = Rows.queued("job-1");
    private final JobRun granted = Rows.next(run, JobState.GRANTED);

    @BeforeEach
    final void aWaitingJobAClusterAndALease() {
        store().given(new InsertRun(run), new InsertQueueRow(Rows.waiting("job-1", 1000, Rows.START)),
                new InsertCluster(Rows.cluster("zurich")));
        assertThat(store().leases().acquire("pass", "one", Rows.START, LENGTH)).isPresent();
    }

    private CommitResult grant(long epoch, Resources amount, Resources limit) {
        return store().commit(new CheckLease("pass", epoch), new DeleteQueueRow("job-1", 1000),
                new ReplaceRun(granted), new Reserve("zurich", amount, limit));
    }

    private void assertNothingHappened() {
        assertThat(store().run("job-1")).isEqualTo(run);
        assertThat(store().jobs().waiting(10)).hasSize(1);
        assertThat(store().jobs().liveRuns()).isEmpty();
        assertThat(store().reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    final void shouldGrantAWaitingJobOnce() {
        assertCommitted(grant(1, Rows.SIZE, Rows.CAPACITY));

        assertThat(store().run("job-1")).isEqualTo(granted);
        assertThat(store().jobs().waiting(10)).isEmpty();
        assertThat(store().jobs().liveRuns()).containsExactly(granted);
        assertThat(store().reserved("zurich")).isEqualTo(Rows.SIZE);

        assertThat(grant(1, Rows.SIZE, Rows.CAPACITY).isCommitted()).isFalse();
        assertThat(store().reserved("zurich")).isEqualTo(Rows.SIZE);
    }

    @Test
    final void shouldRefuseAGrantUnderAnotherEpoch() {
        assertConflictAt(0, grant(2, Rows.SIZE, Rows.CAPACITY));
        assertConflictAt(0, grant(0, Rows.SIZE, Rows.CAPACITY));
        assertNothingHappened();
    }

    @Test
    final void shouldRefuseAGrantUnderALeaseThatNobodyEverHad() {
        assertConflictAt(0, store().commit(new CheckLease("no-such-lease", 0), new ReplaceRun(granted)));
        assertConflictAt(0, store().commit(new CheckLease("no-such-lease", 1), new ReplaceRun(granted)));
        assertNothingHappened();
    }

    @Test
    final void shouldRefuseAGrantAfterAnotherSchedulerTookTheLease() {
        assertThat(store().leases().acquire("pass", "two", Rows.START.plus(LENGTH), LENGTH)).isPresent();

        assertConflictAt(0, grant(1, Rows.SIZE, Rows.CAPACITY));
        assertNothingHappened();
    }

    @Test
    final void shouldGrantUnderAnExpiredLeaseThatNobodyTook() {
        // Fencing is by epoch, not by clock: while nobody else has it, nobody else can have granted.
        assertCommitted(grant(1, Rows.SIZE, Rows.CAPACITY));
    }

    @Test
    final void shouldRefuseToTakeAJobOutOfTheQueueThatIsNotThere() {
        assertConflictAt(0, store().commit(new DeleteQueueRow("job-1", 999), new ReplaceRun(granted)));
        assertConflictAt(1, store().commit(new ReplaceRun(granted), new DeleteQueueRow("job-2", 1000)));
        assertNothingHappened();
    }

    @Test
    final void shouldFillAClusterToItsLimitAndNotAbove() {
        Resources allButOne = new Resources(Rows.CAPACITY.cpuMillicores() - 1, Rows.CAPACITY.memoryMib() - 1);
        store().given(new Reserve("zurich", allButOne, Rows.CAPACITY));

        assertConflictAt(0, store().commit(new Reserve("zurich", new Resources(2, 1), Rows.CAPACITY)));
        assertConflictAt(0, store().commit(new Reserve("zurich", new Resources(1, 2), Rows.CAPACITY)));
        assertCommitted(store().commit(new Reserve("zurich", new Resources(1, 1), Rows.CAPACITY)));
        assertThat(store().reserved("zurich")).isEqualTo(Rows.CAPACITY);
        assertConflictAt(0, store().commit(new Reserve("zurich", new Resources(0, 1), Rows.CAPACITY)));
    }

    @Test
    final void shouldRefuseToReserveMoreThanTheLimitAtOnce() {
        assertConflictAt(3, grant(1, new Resources(Rows.CAPACITY.cpuMillicores() + 1, 1), Rows.CAPACITY));
        assertConflictAt(3, grant(1, new Resources(1, Rows.CAPACITY.memoryMib() + 1), Rows.CAPACITY));
        assertConflictAt(3, grant(1, new Resources(1, 1), Resources.NONE));
        assertNothingHappened();
    }

    @Test
    final void shouldRefuseToReserveOnAClusterThatIsNotThere() {
        assertConflictAt(1, store().commit(new ReplaceRun(granted), new Reserve("oslo", Rows.SIZE, Rows.CAPACITY)));
        assertNothingHappened();
        assertThat(store().clusters().cluster("oslo")).isEmpty();
    }

    @Test
    final void shouldRefuseToReserveOnADrainedCluster() {
        store().given(new ReplaceCluster(Rows.drained(store().cluster("zurich"))));

        assertConflictAt(3, grant(1, Rows.SIZE, Rows.CAPACITY));
        assertNothingHappened();
    }

    @Test
    final void shouldGrantSeveralJobsOnSeveralClustersAtOnce() {
        JobRun second = Rows.queued("job-2");
        store().given(new InsertRun(second), new InsertQueueRow(Rows.waiting("job-2", 5, Rows.START)),
                new InsertCluster(Rows.cluster("geneva")));

        assertCommitted(store().jobs()
                .commit(List.of(new CheckLease("pass", 1), new DeleteQueueRow("job-1", 1000), new ReplaceRun(granted),
                        new Reserve("zurich", Rows.SIZE, Rows.CAPACITY), new DeleteQueueRow("job-2", 5),
                        new ReplaceRun(Rows.next(second, JobState.GRANTED)),
                        new Reserve("geneva", Rows.SIZE, Rows.CAPACITY))));

        assertThat(store().jobs().liveRuns()).extracting(JobRun::jobId).containsExactlyInAnyOrder("job-1", "job-2");
        assertThat(store().jobs().waiting(10)).isEmpty();
        assertThat(store().reserved("geneva")).isEqualTo(Rows.SIZE);
    }
}

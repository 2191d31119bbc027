package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.lifecycle.JobState;
import org.junit.jupiter.api.Test;

/** A job comes in: its run row and its queue row, together or not at all. */
abstract class AcceptContract extends StoreContractGroup {

    private final JobRun run = Rows.queued("job-1");
    private final QueueRow row = Rows.waiting("job-1", 1000, Rows.START);

    @Test
    final void shouldReadBackEveryFieldOfARunWithItsToken() {
        assertCommitted(store().commit(new InsertRun(run), new InsertQueueRow(row)));

        assertThat(store().jobs().run("job-1")).contains(run);
        assertThat(store().run("job-1").token()).isEqualTo(Rows.token("job-1"));
    }

    @Test
    final void shouldReadBackEveryFieldOfAWaitingJobButItsToken() {
        store().given(new InsertRun(run), new InsertQueueRow(row));

        assertThat(store().jobs().waiting(10)).containsExactly(
                new QueueRow("job-1", 1000, row.enqueuedAt(), row.attemptsMade(), row.spec(), null));
    }

    @Test
    final void shouldFindNoRunThatWasNotWritten() {
        assertThat(store().jobs().run("job-1")).isEmpty();
        assertThat(store().jobs().waiting(10)).isEmpty();
    }

    @Test
    final void shouldRefuseASecondJobOfTheSameId() {
        store().given(new InsertRun(run));

        assertConflictAt(0, store().commit(new InsertRun(run)));
        assertConflictAt(0, store().commit(new InsertRun(Rows.queued("job-1", "other", Rows.START))));
        assertThat(store().run("job-1")).isEqualTo(run);
    }

    @Test
    final void shouldRefuseASecondQueueRowOfTheSameJobAndPriority() {
        store().given(new InsertQueueRow(row));

        assertConflictAt(0, store().commit(new InsertQueueRow(Rows.waiting("job-1", 1000, Rows.START.plusSeconds(9)))));
        assertThat(store().jobs().waiting(10)).extracting(QueueRow::enqueuedAt).containsExactly(Rows.START);
    }

    @Test
    final void shouldReplaceTheQueueRowOfTheSameJobAndPriorityAndNoOther() {
        store().given(new InsertQueueRow(row));
        QueueRow later = Rows.waiting("job-1", 1000, Rows.START.plusSeconds(9));

        assertConflictAt(0, store().commit(new ReplaceQueueRow(Rows.waiting("job-1", 999, Rows.START))));
        assertConflictAt(0, store().commit(new ReplaceQueueRow(Rows.waiting("job-2", 1000, Rows.START))));
        assertCommitted(store().commit(new ReplaceQueueRow(later)));
        assertThat(store().jobs().waiting(10)).extracting(QueueRow::enqueuedAt).containsExactly(later.enqueuedAt());
    }

    @Test
    final void shouldTakeARepetitionOfACommitAsAConflict() {
        store().given(new InsertRun(run), new InsertQueueRow(row));

        CommitResult again = store().commit(new InsertRun(run), new InsertQueueRow(row));

        assertThat(again.isCommitted()).isFalse();
        assertThat(store().jobs().waiting(10)).hasSize(1);
    }

    @Test
    final void shouldWriteNothingWhenOneWriteOfManyConflicts() {
        store().given(new InsertQueueRow(row));

        assertConflictAt(2, store().commit(new InsertRun(run), new InsertRun(Rows.queued("job-2")),
                new InsertQueueRow(row), new InsertRun(Rows.queued("job-3"))));

        assertThat(store().jobs().run("job-1")).isEmpty();
        assertThat(store().jobs().run("job-2")).isEmpty();
        assertThat(store().jobs().run("job-3")).isEmpty();
    }

    @Test
    final void shouldReplaceARunOnlyAtTheVersionBefore() {
        store().given(new InsertRun(run));
        JobRun granted = Rows.next(run, JobState.GRANTED);
        JobRun starting = Rows.next(granted, JobState.STARTING);

        assertConflictAt(0, store().commit(new ReplaceRun(starting)));
        assertCommitted(store().commit(new ReplaceRun(granted)));
        assertConflictAt(0, store().commit(new ReplaceRun(granted)));
        assertThat(store().run("job-1")).isEqualTo(granted);
        assertCommitted(store().commit(new ReplaceRun(starting)));
        assertThat(store().run("job-1")).isEqualTo(starting);
        assertThat(store().run("job-1").token()).isNull();
    }

    @Test
    final void shouldReplaceAWaitingRowWithoutMovingIt() {
        store().given(new InsertRun(run), new InsertQueueRow(row));
        QueueRow renewed = new QueueRow(row.jobId(), row.priority(), row.enqueuedAt(), row.attemptsMade() + 1,
                row.spec(), new TaskToken("renewed-secret"));

        assertCommitted(store().commit(new ReplaceQueueRow(renewed)));

        assertThat(store().jobs().waiting(10)).singleElement()
                .satisfies(stored -> assertThat(stored.attemptsMade()).isEqualTo(row.attemptsMade() + 1));
    }

    @Test
    final void shouldRefuseToReplaceAWaitingRowThatIsNotThere() {
        assertConflictAt(0, store().commit(new ReplaceQueueRow(row)));
        assertThat(store().jobs().waiting(10)).isEmpty();
    }

    @Test
    final void shouldRefuseToReplaceARunThatIsNotThere() {
        assertConflictAt(0, store().commit(new ReplaceRun(Rows.next(run, JobState.GRANTED))));
        assertThat(store().jobs().run("job-1")).isEmpty();
    }

    @Test
    final void shouldNeverPrintAToken() {
        store().given(new InsertRun(run), new InsertQueueRow(row));

        assertThat(store().run("job-1").toString()).doesNotContain("secret-token");
        assertThat(store().jobs().waiting(1).toString()).doesNotContain("secret-token");
        assertThat(store().jobs().toString()).doesNotContain("secret-token");
        assertThat(store().commit(new InsertRun(run), new InsertQueueRow(row)).toString())
                .doesNotContain("secret-token");
    }
}

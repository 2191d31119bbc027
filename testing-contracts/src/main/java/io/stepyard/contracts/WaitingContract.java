package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.RunSteps;
import io.stepyard.core.job.RunWrites;
import io.stepyard.core.store.Hold;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Hold, release and another priority: what they change of a waiting job, and that the queue and the run never disagree. */
abstract class WaitingContract extends StoreContractGroup {

    private static final Instant LATER = Rows.START.plusSeconds(60);

    private JobRun waiting(String jobId) {
        JobRun run = Rows.queued(jobId);
        store().given(new InsertRun(run), new InsertQueueRow(QueueRow.of(run, run.token())));
        return run;
    }

    private JobRun step(JobRun before, JobRun after) {
        assertCommitted(store().jobs().commit(RunWrites.replacing(before, after)));
        return after;
    }

    @Test
    final void shouldReadBackAHoldFromTheRunAndFromTheQueue() {
        JobRun run = waiting("a");
        step(run, RunSteps.held(run, "user:ann", "input is late", LATER));

        assertThat(store().run("a").hold()).isEqualTo(new Hold(LATER, "user:ann", "input is late"));
        assertThat(store().jobs().waiting(10)).singleElement().matches(QueueRow::held);
    }

    @Test
    final void shouldReleaseAHeldJobWithItsTokenAndItsTimeInTheQueue() {
        JobRun run = waiting("a");
        JobRun held = step(run, RunSteps.held(run, "user:ann", "input is late", LATER));
        step(held, RunSteps.released(held, "user:ann", LATER));

        assertThat(store().run("a").hold()).isNull();
        assertThat(store().run("a").token()).isEqualTo(Rows.token("a"));
        assertThat(store().jobs().waiting(10)).singleElement()
                .matches(row -> !row.held() && row.enqueuedAt().equals(Rows.START));
    }

    @Test
    final void shouldMoveAJobToItsNewPriorityBehindThoseThatWaitedLongerThere() {
        waiting("old");
        JobRun run = new JobRun("moved", 1, Rows.spec("research", 10), Rows.queued("moved").state(),
                Rows.queued("moved").executionArn(), Rows.token("moved"), LATER, LATER, LATER, null,
                java.util.List.of(), null, java.util.List.of());
        store().given(new InsertRun(run), new InsertQueueRow(QueueRow.of(run, run.token())));
        waiting("zzz");

        JobRun moved = step(run, RunSteps.reprioritised(run, 1000, "user:ann", "", LATER.plusSeconds(9)));

        assertThat(store().jobs().waiting(10)).extracting(QueueRow::jobId).containsExactly("old", "zzz", "moved");
        assertThat(store().jobs().waiting(10)).extracting(QueueRow::priority).containsOnly(1000);
        assertThat(store().run("moved").token()).isEqualTo(Rows.token("moved"));
        step(moved, RunSteps.reprioritised(moved, 9999, "user:ann", "urgent", LATER.plusSeconds(10)));
        assertThat(store().jobs().waiting(1)).extracting(QueueRow::jobId).containsExactly("moved");
    }

    @Test
    final void shouldChangeNothingOfAJobThatWasGrantedMeanwhile() {
        JobRun run = waiting("a");
        store().given(new DeleteQueueRow("a", 1000));

        assertConflictAt(1, store().jobs()
                .commit(RunWrites.replacing(run, RunSteps.held(run, "user:ann", "late", LATER))));
        assertConflictAt(1, store().jobs()
                .commit(RunWrites.replacing(run, RunSteps.reprioritised(run, 5, "user:ann", "", LATER))));
        assertThat(store().run("a").version()).isEqualTo(1);
        assertThat(store().jobs().waiting(10)).isEmpty();
    }

    @Test
    final void shouldTakeTheSecondOfTwoChangesAtOneTimeAsAConflict() {
        JobRun run = waiting("a");
        step(run, RunSteps.reprioritised(run, 5, "user:ann", "", LATER));

        assertThat(
                store().jobs().commit(RunWrites.replacing(run, RunSteps.reprioritised(run, 6, "user:bob", "", LATER)))
                        .isCommitted())
                .isFalse();
        assertThat(store().jobs().waiting(10)).extracting(QueueRow::priority).containsExactly(5);
    }
}

package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What waits, what lives, what there is: order, paging, filters and counts. */
abstract class ListsContract extends StoreContractGroup {

    private static final Instant T = Rows.START;

    @Test
    final void shouldListWaitingJobsByPriorityThenAgeThenId() {
        store().given(new InsertQueueRow(Rows.waiting("d", 1000, T)), new InsertQueueRow(Rows.waiting("a", 9, T)),
                new InsertQueueRow(Rows.waiting("b", 9999, T.plusSeconds(5))),
                new InsertQueueRow(Rows.waiting("c", 1000, T.plusNanos(1))),
                new InsertQueueRow(Rows.waiting("B", 1000, T)), new InsertQueueRow(Rows.waiting("z", 0, T)),
                new InsertQueueRow(Rows.waiting("y", 1000, T.minusSeconds(100_000))));

        assertThat(store().jobs().waiting(100)).extracting(QueueRow::jobId)
                .containsExactly("b", "y", "B", "d", "c", "a", "z");
        assertThat(store().jobs().waiting(3)).extracting(QueueRow::jobId).containsExactly("b", "y", "B");
    }

    @Test
    final void shouldForgetAJobThatLeftTheQueue() {
        store().given(new InsertQueueRow(Rows.waiting("a", 9, T)), new InsertQueueRow(Rows.waiting("b", 9, T)));
        store().given(new DeleteQueueRow("a", 9));

        assertThat(store().jobs().waiting(100)).extracting(QueueRow::jobId).containsExactly("b");
    }

    @Test
    final void shouldListEveryRunThatHoldsAReservationAndNoOther() {
        for (JobState state : JobState.values()) {
            JobRun run = Rows.queued(state.name());
            store().given(new InsertRun(run));
            if (state != JobState.QUEUED) {
                store().given(new ReplaceRun(Rows.next(run, state)));
            }
        }

        assertThat(store().jobs().liveRuns()).extracting(JobRun::state).containsExactlyInAnyOrder(JobState.GRANTED,
                JobState.STARTING, JobState.RUNNING, JobState.UNKNOWN, JobState.CANCELLING);
        assertThat(store().jobs().liveRuns()).allSatisfy(
                run -> assertThat(run).isEqualTo(store().run(run.jobId())));
    }

    @Test
    final void shouldListRunsNewestFirstPageByPage() {
        for (int i = 0; i < 25; i++) {
            store().given(new InsertRun(Rows.queued("job-" + i, "research", T.plusSeconds(i / 3))));
        }
        List<String> expected = new ArrayList<>();
        for (int second = 8; second >= 0; second--) {
            List<String> atOneInstant = new ArrayList<>();
            for (int i = second * 3; i < Math.min(25, second * 3 + 3); i++) {
                atOneInstant.add("job-" + i);
            }
            atOneInstant.sort(java.util.Comparator.reverseOrder());
            expected.addAll(atOneInstant);
        }

        assertThat(pages(Set.of(), null, 10)).containsExactly(10, 10, 5);
        assertThat(listed(Set.of(), null, 10)).isEqualTo(expected);
        assertThat(listed(Set.of(), null, 1)).isEqualTo(expected);
        assertThat(listed(Set.of(), null, 1000)).isEqualTo(expected);
    }

    @Test
    final void shouldGiveNoCursorWhenAPageEndsWithTheLastRun() {
        for (int i = 0; i < 4; i++) {
            store().given(new InsertRun(Rows.queued("job-" + i)));
        }

        assertThat(pages(Set.of(), null, 2)).containsExactly(2, 2);
        assertThat(pages(Set.of(), null, 4)).containsExactly(4);
        assertThat(store().jobs().runs(new RunQuery(Set.of(JobState.FAILED), null, 4, null)))
                .isEqualTo(new Page<JobRun>(List.of(), null));
    }

    @Test
    final void shouldListWholeRuns() {
        JobRun run = Rows.queued("job-1");
        store().given(new InsertRun(run));

        assertThat(store().jobs().runs(new RunQuery(Set.of(), null, 10, null)).items()).containsExactly(run);
        assertThat(store().jobs().runs(new RunQuery(Set.of(JobState.QUEUED), "research", 10, null)).items())
                .containsExactly(run);
    }

    @Test
    final void shouldFilterRunsByStateAndTenant() {
        for (int i = 0; i < 24; i++) {
            JobRun run = Rows.queued("job-" + (char) ('a' + i), i % 2 == 0 ? "even" : "odd", T.plusSeconds(i));
            store().given(new InsertRun(run));
            if (i % 3 != 0) {
                store().given(new ReplaceRun(Rows.next(run, i % 3 == 1 ? JobState.RUNNING : JobState.SUCCEEDED)));
            }
        }

        assertThat(listed(Set.of(JobState.RUNNING), null, 3)).containsExactly("job-w", "job-t", "job-q", "job-n",
                "job-k", "job-h", "job-e", "job-b");
        assertThat(listed(Set.of(), "even", 5)).containsExactly("job-w", "job-u", "job-s", "job-q", "job-o", "job-m",
                "job-k", "job-i", "job-g", "job-e", "job-c", "job-a");
        assertThat(listed(Set.of(JobState.RUNNING, JobState.QUEUED), "odd", 2)).containsExactly("job-v", "job-t",
                "job-p", "job-n", "job-j", "job-h", "job-d", "job-b");
        assertThat(listed(Set.of(), "nobody", 2)).isEmpty();
    }

    @Test
    final void shouldContinueAPageWhateverWasAddedMeanwhile() {
        for (int i = 0; i < 4; i++) {
            store().given(new InsertRun(Rows.queued("job-" + i, "research", T.plusSeconds(i))));
        }
        Page<JobRun> first = store().jobs().runs(new RunQuery(Set.of(), null, 2, null));
        store().given(new InsertRun(Rows.queued("newer", "research", T.plusSeconds(99))));

        assertThat(store().jobs().runs(new RunQuery(Set.of(), null, 2, first.nextCursor())).items())
                .extracting(JobRun::jobId).containsExactly("job-1", "job-0");
    }

    @Test
    final void shouldRefuseACursorThatIsNone() {
        for (String cursor : List.of("", "nonsense", "e30", "bm90IGEgdGltZQ", "\u0000")) {
            assertThatThrownBy(() -> store().jobs().runs(new RunQuery(Set.of(), null, 2, cursor)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cursor");
        }
    }

    @Test
    final void shouldCountRunsByState() {
        assertThat(store().jobs().countByState().values()).allMatch(count -> count == 0);
        JobRun one = Rows.queued("one");
        store().given(new InsertRun(one), new InsertRun(Rows.queued("two")), new InsertRun(Rows.queued("three")));
        store().given(new ReplaceRun(Rows.next(one, JobState.GRANTED)));

        assertThat(store().jobs().countByState()).containsEntry(JobState.QUEUED, 2L).containsEntry(JobState.GRANTED,
                1L);

        store().given(new ReplaceRun(Rows.next(store().run("one"), JobState.SUCCEEDED)));
        assertConflictAt(0, store().commit(new InsertRun(one)));

        assertThat(store().jobs().countByState()).containsEntry(JobState.QUEUED, 2L).containsEntry(JobState.SUCCEEDED,
                1L);
        assertThat(store().jobs().countByState().getOrDefault(JobState.GRANTED, 0L)).isZero();
    }

    private List<String> listed(Set<JobState> states, @Nullable String tenant, int limit) {
        List<String> ids = new ArrayList<>();
        walk(states, tenant, limit).forEach(page -> page.items().forEach(run -> ids.add(run.jobId())));
        return ids;
    }

    private List<Integer> pages(Set<JobState> states, @Nullable String tenant, int limit) {
        return walk(states, tenant, limit).stream().map(page -> page.items().size()).toList();
    }

    private List<Page<JobRun>> walk(Set<JobState> states, @Nullable String tenant, int limit) {
        List<Page<JobRun>> pages = new ArrayList<>();
        String cursor = null;
        do {
            Page<JobRun> page = store().jobs().runs(new RunQuery(states, tenant, limit, cursor));
            pages.add(page);
            cursor = page.nextCursor();
        } while (cursor != null);
        return pages;
    }
}

package io.stepyard.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many at once: one wins, the others learn that they did not, and the books balance. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ConcurrencyContract extends StoreContractGroup {

    private static final int THREADS = 4;
    private static final int ROUNDS = 10;

    @Test
    final void shouldLetOneOfTwoThreadsGrantTheSameJob() throws Exception {
        store().given(new InsertCluster(Rows.cluster("zurich")), new InsertCluster(Rows.cluster("geneva")));
        for (int round = 0; round < ROUNDS; round++) {
            JobRun run = Rows.queued("job-" + round);
            store().given(new InsertRun(run), new InsertQueueRow(Rows.waiting(run.jobId(), 1000, Rows.START)));

            List<CommitResult> results = together(2, thread -> () -> store().commit(
                    new DeleteQueueRow(run.jobId(), 1000), new ReplaceRun(Rows.next(run, JobState.GRANTED)),
                    new Reserve(thread == 0 ? "zurich" : "geneva", new Resources(1, 1), Rows.CAPACITY)));

            assertThat(results.stream().filter(CommitResult::isCommitted).toList()).hasSize(1);
            assertThat(store().run(run.jobId()).version()).isEqualTo(2);
        }
        Resources sum = store().reserved("zurich").plus(store().reserved("geneva"));
        assertThat(sum).isEqualTo(new Resources(ROUNDS, ROUNDS));
        assertThat(store().jobs().waiting(100)).isEmpty();
    }

    @Test
    final void shouldLetOneOfManyThreadsAcceptTheSameJob() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            JobRun run = Rows.queued("job-" + round);
            List<CommitResult> results = together(THREADS, _ -> () -> store().commit(new InsertRun(run),
                    new InsertQueueRow(Rows.waiting(run.jobId(), 1000, Rows.START))));

            assertThat(results.stream().filter(CommitResult::isCommitted).toList()).hasSize(1);
        }
        assertThat(store().jobs().countByState()).containsEntry(JobState.QUEUED, (long) ROUNDS);
        assertThat(store().jobs().waiting(100)).hasSize(ROUNDS);
    }

    @Test
    final void shouldNeverReserveAboveTheLimitUnderContention() throws Exception {
        store().given(new InsertCluster(Rows.cluster("zurich")));
        Resources limit = new Resources(10, 10);

        // Four threads want 12 of each in all; 10 fit. A conflict over a write in progress (-1) is tried again.
        List<Integer> wins = together(THREADS, _ -> () -> {
            int won = 0;
            for (int i = 0; i < 3; i++) {
                won += reserveOne(limit) ? 1 : 0;
                Resources seen = store().reserved("zurich");
                assertThat(seen.fitsWithin(limit)).as("ledger %s", seen).isTrue();
            }
            return won;
        });

        assertThat(wins.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
        assertThat(store().reserved("zurich")).isEqualTo(limit);
    }

    private boolean reserveOne(Resources limit) {
        while (true) {
            CommitResult result = store().commit(new Reserve("zurich", new Resources(1, 1), limit));
            switch (result) {
                case CommitResult.Committed _ -> {
                    return true;
                }
                case CommitResult.Conflict conflict -> {
                    if (conflict.index() >= 0) {
                        return false;
                    }
                }
            }
        }
    }

    @Test
    final void shouldBalanceTheLedgerWhenManyReserveAndRelease() throws Exception {
        store().given(new InsertCluster(Rows.cluster("zurich")));

        together(THREADS, _ -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(reserveOne(Rows.CAPACITY)).isTrue();
                while (!store().commit(new Release("zurich", new Resources(1, 1))).isCommitted()) {
                    Thread.onSpinWait();
                }
            }
            return true;
        });

        assertThat(store().reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    final void shouldKeepCountsRightWhenManyWriteAtOnce() throws Exception {
        together(THREADS, thread -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                JobRun run = Rows.queued("job-" + thread + "-" + i);
                assertCommitted(store().commit(new InsertRun(run)));
                assertCommitted(store().commit(new ReplaceRun(Rows.next(run, JobState.RUNNING))));
            }
            return true;
        });

        assertThat(store().jobs().countByState()).containsEntry(JobState.RUNNING, (long) THREADS * ROUNDS);
        assertThat(store().jobs().countByState().getOrDefault(JobState.QUEUED, 0L)).isZero();
        assertThat(store().jobs().liveRuns()).hasSize(THREADS * ROUNDS);
    }

    @Test
    final void shouldGiveALeaseToOneOfMany() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String lease = "lease-" + round;
            List<Optional<Lease>> taken = together(THREADS, thread -> () -> store().leases().acquire(lease,
                    "owner-" + thread, Rows.START, Duration.ofMinutes(1)));

            assertThat(taken.stream().filter(Optional::isPresent).toList()).hasSize(1);
        }
    }

    /** Runs the tasks at the same moment and gives what they gave, in order of their numbers. */
    private static <T> List<T> together(int threads, IntFunction<Callable<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<T> work = task.apply(i);
                futures.add(pool.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(100, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException failed) {
            throw new AssertionError("Expected every thread to end well, but one threw", failed.getCause());
        }
    }
}

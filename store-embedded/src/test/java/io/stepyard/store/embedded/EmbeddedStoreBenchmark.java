package io.stepyard.store.embedded;

import io.stepyard.contracts.Rows;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.model.lifecycle.JobState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures commits and reads: {@code main DIRECTORY THREADS JOBS}. Each job is four commits: accepted, granted, running, ended. The
 * directory should be empty.
 */
final class EmbeddedStoreBenchmark {

    private EmbeddedStoreBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        int threads = Integer.parseInt(arguments[1]);
        int jobs = Integer.parseInt(arguments[2]);
        try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]))) {
            commits(store, threads, jobs);
            time("counts", () -> store.countByState().size());
            time("newest 100", () -> store.runs(new RunQuery(Set.of(), null, 100, null)).items().size());
            time("newest 1000", () -> store.runs(new RunQuery(Set.of(), null, 1000, null)).items().size());
            time("live", () -> store.liveRuns().size());
            fillQueue(store, 100_000);
            for (int limit : List.of(1000, 10_000, 100_000)) {
                time("waiting " + limit, () -> store.waiting(limit).size());
            }
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            print("heap in use %d MiB", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }

    private static void commits(EmbeddedStore store, int threads, int jobs) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            running.add(Thread.ofPlatform().start(() -> {
                for (long i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
                    life(store, i, nanos);
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Long> sorted = nanos.stream().sorted().toList();
        print("%d threads, %d commits in %.1f s: %.0f commits/s, p50 %.1f ms, p99 %.1f ms, max %.0f ms", threads,
                sorted.size(), seconds, sorted.size() / seconds, sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6, sorted.getLast() / 1e6);
    }

    private static void life(EmbeddedStore store, long number, ConcurrentLinkedQueue<Long> nanos) {
        String jobId = "job-" + number * 7919 % 1_000_003;
        int priority = (int) (number * 31 % 10_000);
        JobRun accepted = Rows.queued(jobId, "research", Rows.START.plusMillis(number));
        JobRun granted = Rows.next(accepted, JobState.GRANTED);
        JobRun running = Rows.next(granted, JobState.RUNNING);
        commit(store, nanos, new InsertRun(accepted), new InsertQueueRow(Rows.waiting(jobId, priority, Rows.START)));
        commit(store, nanos, new ReplaceRun(granted), new DeleteQueueRow(jobId, priority));
        commit(store, nanos, new ReplaceRun(running));
        commit(store, nanos, new ReplaceRun(Rows.next(running, JobState.SUCCEEDED)));
    }

    private static void commit(EmbeddedStore store, ConcurrentLinkedQueue<Long> nanos, StoreWrite... writes) {
        long start = System.nanoTime();
        CommitResult result = store.commit(List.of(writes));
        nanos.add(System.nanoTime() - start);
        if (!result.isCommitted()) {
            throw new IllegalStateException("Expected a commit, but found " + result);
        }
    }

    private static void fillQueue(EmbeddedStore store, int rows) {
        for (int i = 0; i < rows; i += 100) {
            List<StoreWrite> writes = new ArrayList<>();
            for (int j = i; j < i + 100; j++) {
                writes.add(new InsertQueueRow(Rows.waiting("waiting-" + j, j * 31 % 10_000, Rows.START)));
            }
            store.commit(writes);
        }
    }

    private interface Read {
        int items();
    }

    private static void time(String what, Read read) {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            int items = read.items();
            print("%-14s %7d items %8.1f ms", what, items, (System.nanoTime() - start) / 1e6);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}

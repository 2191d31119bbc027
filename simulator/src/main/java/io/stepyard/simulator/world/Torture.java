package io.stepyard.simulator.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Runs many worlds, each on one thread, several at a time. */
final class Torture {

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    /** Pauses within pauses take stack. */
    private static final long STACK_BYTES = 256L << 20;

    private final long from;
    private final long to;
    private final int threads;
    private final boolean stopAtFirst;
    private final AtomicLong next;
    private final ConcurrentLinkedQueue<Verdict> verdicts = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicReference<Throwable> defect = new AtomicReference<>();

    /**
     * @param to the last seed, included
     * @param stopAtFirst whether one broken promise is enough
     */
    Torture(long from, long to, int threads, boolean stopAtFirst) {
        this.from = from;
        this.to = to;
        this.threads = threads;
        this.stopAtFirst = stopAtFirst;
        this.next = new AtomicLong(from);
    }

    /** @param progress told a line every few seconds */
    TortureReport run(Consumer<String> progress) throws InterruptedException {
        long began = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(null, this::work, "worlds-" + i, STACK_BYTES);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            while (!worker.join(PROGRESS_EVERY)) {
                progress.accept(line(began));
            }
        }
        Throwable thrown = defect.get();
        if (thrown != null) {
            throw new IllegalStateException("A world could not be run: " + thrown, thrown);
        }
        List<Verdict> sorted = verdicts.stream().sorted(Comparator.comparingLong(Verdict::seed)).toList();
        return TortureReport.of(from, to, sorted, Duration.ofNanos(System.nanoTime() - began));
    }

    private void work() {
        try {
            for (long seed = next.getAndIncrement(); seed <= to && goOn(); seed = next.getAndIncrement()) {
                Verdict verdict = WorldRunner.verdict(seed);
                verdicts.add(verdict);
                done.incrementAndGet();
                if (verdict.failure() != null) {
                    broken.incrementAndGet();
                }
            }
        } catch (RuntimeException | Error thrown) {
            defect.compareAndSet(null, thrown);
        }
    }

    private boolean goOn() {
        return defect.get() == null && !(stopAtFirst && broken.get() > 0);
    }

    private String line(long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(Locale.ROOT, "%,d of %,d worlds, %d broken, %.1f worlds/s", done.get(),
                to - from + 1, broken.get(), done.get() / Math.max(0.001, seconds));
    }
}

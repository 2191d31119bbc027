package io.stepyard.benchmarks.scheduling;

import io.stepyard.benchmarks.scheduling.Workload.Variety;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.WaitingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Passes over a long queue: when everything is new, and when little has changed since the last one. */
@Fork(value = 1, jvmArgs = {"-Xms5g", "-Xmx5g", "-XX:+UseSerialGC"})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PassBenchmark {

    /** The jobs and clusters, the same for all measurements of a fork. */
    @State(Scope.Benchmark)
    public static class World {

        @Param("1000000")
        int jobs = 1;

        @Param("100")
        int clusters = 1;

        @Param({"source", "easy", "default"})
        String policy = "";

        @Param("AS_IN_LOGS")
        Variety variety = Variety.AS_IN_LOGS;

        Workload workload = new Workload(0, Variety.AS_IN_LOGS);
        List<ClusterSnapshot> snapshots = List.of();
        List<WaitingJob> waiting = List.of();

        @Setup
        public void make() {
            workload = new Workload(1, variety);
            snapshots = workload.clusters(clusters);
            waiting = workload.jobs(jobs);
        }

        LiveQueue queue() {
            return Workload.queue(policy, snapshots, waiting);
        }
    }

    /** A queue just filled: nothing has been ranked or looked at. */
    @State(Scope.Benchmark)
    public static class Cold {

        LiveQueue queue = Workload.queue("source", List.of(), List.of());

        @Setup(Level.Invocation)
        public void fill(World world) {
            queue = world.queue();
        }
    }

    /** Between passes three running jobs end and three new ones join the queue. */
    @State(Scope.Benchmark)
    public static class Steady {

        private static final int CHANGES = 3;
        private static final int PASSES_BEFORE = 2_000;

        private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        private final List<Placement> running = new ArrayList<>();
        private Instant now = Workload.NOW;
        LiveQueue queue = Workload.queue("source", List.of(), List.of());

        @Setup
        public void fill(World world) {
            queue = world.queue();
            for (int pass = 0; pass < PASSES_BEFORE; pass++) {
                change(world);
                pass();
            }
        }

        @Setup(Level.Invocation)
        public void change(World world) {
            now = now.plusSeconds(1);
            for (int count = 0; count < CHANGES; count++) {
                queue.add(world.workload.job(now));
                if (!running.isEmpty()) {
                    int at = random.nextInt(running.size());
                    queue.ended(running.get(at).jobId(), now);
                    running.set(at, running.getLast());
                    running.removeLast();
                }
            }
        }

        List<Placement> pass() {
            List<Placement> placed = queue.pass(now);
            running.addAll(placed);
            return placed;
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 6)
    @Measurement(iterations = 9)
    public List<Placement> cold(Cold cold) {
        return cold.queue.pass(Workload.NOW);
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 2, time = 2)
    @Measurement(iterations = 3, time = 3)
    public List<Placement> steady(Steady steady) {
        return steady.pass();
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 3)
    @Measurement(iterations = 5)
    public LiveQueue inserts(World world) {
        return world.queue();
    }
}

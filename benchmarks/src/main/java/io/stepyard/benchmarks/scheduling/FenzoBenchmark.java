package io.stepyard.benchmarks.scheduling;

import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.VirtualMachineLease;
import io.stepyard.benchmarks.scheduling.Workload.Variety;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.WaitingJob;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The same jobs on the same clusters by the same rule: highest priority first, best fit, what does not fit is passed. */
@Fork(value = 1, jvmArgs = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@BenchmarkMode(Mode.SingleShotTime)
public class FenzoBenchmark {

    static final Comparator<WaitingJob> PRIORITY_FIRST = Comparator.comparingInt(WaitingJob::priority).reversed()
            .thenComparing(WaitingJob::enqueuedAt).thenComparing(WaitingJob::jobId);

    /** Jobs and clusters, the same for both. */
    @State(Scope.Benchmark)
    public static class World {

        @Param("100000")
        int jobs = 1;

        @Param("100")
        int clusters = 1;

        List<ClusterSnapshot> snapshots = List.of();
        List<WaitingJob> waiting = List.of();

        @Setup
        public void make() {
            Workload workload = new Workload(1, Variety.AS_IN_LOGS);
            snapshots = workload.clusters(clusters);
            waiting = workload.jobs(jobs).stream().sorted(PRIORITY_FIRST).toList();
        }
    }

    /** Tasks in the order of priority and hosts, as Fenzo wants them. */
    @State(Scope.Benchmark)
    public static class Theirs {

        private FenzoSide fenzo = new FenzoSide();
        private List<TaskRequest> tasks = List.of();
        private List<VirtualMachineLease> hosts = List.of();

        @Setup(Level.Invocation)
        public void fill(World world) {
            fenzo.close();
            fenzo = new FenzoSide();
            tasks = FenzoSide.tasks(world.waiting);
            hosts = FenzoSide.hosts(world.snapshots);
        }

        @TearDown
        public void close() {
            fenzo.close();
        }
    }

    /** The queue as jobs have joined it. */
    @State(Scope.Benchmark)
    public static class Ours {

        private LiveQueue queue = Workload.queue("source", List.of(), List.of());

        @Setup(Level.Invocation)
        public void fill(World world) {
            queue = Workload.queue("source", world.snapshots, world.waiting);
        }
    }

    @Benchmark
    @Warmup(iterations = 1)
    @Measurement(iterations = 2)
    public Map<String, String> fenzo(Theirs theirs) {
        return theirs.fenzo.place(theirs.tasks, theirs.hosts);
    }

    @Benchmark
    @Warmup(iterations = 30)
    @Measurement(iterations = 15)
    public List<Placement> ours(Ours ours) {
        return ours.queue.pass(Workload.NOW);
    }

    /** Filling the queue counted in: for whoever keeps none. */
    @Benchmark
    @Warmup(iterations = 15)
    @Measurement(iterations = 9)
    public List<Placement> oursWithFilling(World world) {
        return Workload.queue("source", world.snapshots, world.waiting).pass(Workload.NOW);
    }
}

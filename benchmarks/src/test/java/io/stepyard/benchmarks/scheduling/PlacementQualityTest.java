package io.stepyard.benchmarks.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.stepyard.benchmarks.scheduling.Workload.Variety;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.WaitingJob;
import io.stepyard.simulator.ClusterFile;
import io.stepyard.simulator.Trace;
import io.stepyard.simulator.TraceJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** One pass over unlike clusters is nowhere below Fenzo's best-fit rule on the same queue. */
class PlacementQualityTest {

    private static final int ROUNDS = Integer.getInteger("rounds", 100);

    @Test
    void shouldFillRandomUnlikeClustersAtLeastAsWellAsFenzo() {
        Tally tally = new Tally("random unlike clusters");
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<ClusterSnapshot> clusters = new ArrayList<>();
            for (int index = random.nextInt(2, 21); index > 0; index--) {
                clusters.add(cluster("c" + index, random.nextLong(8, 513), random.nextLong(1, 9)));
            }
            Workload workload = new Workload(seed, random.nextBoolean() ? Variety.WILD : Variety.AS_IN_LOGS);
            tally.compare(clusters, workload.jobs(random.nextInt(100, 800)));
        }
        tally.check();
    }

    @Test
    void shouldFillTheTwoClustersOfALogAtLeastAsWellAsFenzo() throws IOException {
        Path folder = Path.of(System.getProperty("stepyard.data", "../shared")).resolve("traces");
        Path log = folder.resolve("wagap-2013.swf.gz");
        if (!Files.isRegularFile(log)) {
            System.out.println("SKIPPED: no " + log + " (property stepyard.data says where the logs are)");
            abort("no " + log);
        }
        List<ClusterSnapshot> clusters = ClusterFile.read(folder.resolve("wagap-2013.swf.machines"));
        List<TraceJob> jobs = Trace.read(log).jobs();
        Tally tally = new Tally("wagap's two clusters, stretches of its log");
        int stretch = 1500;
        for (int round = 0; round < ROUNDS; round++) {
            int from = (int) ((long) (jobs.size() - stretch) * round / ROUNDS);
            List<WaitingJob> waiting = new ArrayList<>();
            for (int index = from; index < from + stretch; index++) {
                waiting.add(waiting(jobs.get(index), index));
            }
            tally.compare(clusters, waiting);
        }
        tally.check();
    }

    private static ClusterSnapshot cluster(String name, long cores, long gibPerCore) {
        Resources all = Resources.ofCores(cores, cores * gibPerCore * 1024);
        return new ClusterSnapshot(name, all, all, Map.of(), Availability.OPEN);
    }

    private static WaitingJob waiting(TraceJob job, int index) {
        return new WaitingJob(String.format("j%07d", index), 0, Instant.ofEpochSecond(job.submitSeconds()),
                new Resources(job.cpuMillicores(), job.memoryMib()), Duration.ofSeconds(job.requestSeconds()),
                job.user(), Set.of(), Map.of(), Set.of(), Map.of());
    }

    /** Runs compared so far. */
    private static final class Tally {

        private final String what;
        private final List<String> below = new ArrayList<>();
        private int runs;
        private int better;
        private double prefix;
        private double fenzoPrefix;
        private double used;
        private double fenzoUsed;

        Tally(String what) {
            this.what = what;
        }

        void compare(List<ClusterSnapshot> clusters, List<WaitingJob> jobs) {
            List<WaitingJob> possible = jobs.stream()
                    .filter(job -> clusters.stream()
                            .anyMatch(cluster -> job.resources().fitsWithin(cluster.capacity())))
                    .sorted(FenzoBenchmark.PRIORITY_FIRST).toList();
            if (possible.isEmpty()) {
                return;
            }
            PlacementQuality ours = PlacementQuality.ours(clusters, possible);
            PlacementQuality fenzos = PlacementQuality.fenzos(clusters, possible);
            runs++;
            prefix += ours.prefix();
            fenzoPrefix += fenzos.prefix();
            used += ours.utilisation();
            fenzoUsed += fenzos.utilisation();
            if (!ours.isAtLeast(fenzos)) {
                below.add("run " + runs + ": " + ours + " below Fenzo's " + fenzos);
            } else if (!fenzos.isAtLeast(ours)) {
                better++;
            }
        }

        void check() {
            System.out.printf(
                    "figure: %s, %d runs: prefix %.4f / Fenzo %.4f, utilisation %.4f / Fenzo %.4f, better %d, below %d%n",
                    what, runs, prefix / runs, fenzoPrefix / runs, used / runs, fenzoUsed / runs, better,
                    below.size());
            assertThat(runs).isGreaterThan(ROUNDS / 2);
            assertThat(below).isEmpty();
        }
    }
}

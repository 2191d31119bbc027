package io.stepyard.benchmarks.scheduling;

import io.stepyard.benchmarks.scheduling.Workload.Variety;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.Policies;
import io.stepyard.scheduler.WaitingJob;
import io.stepyard.simulator.Clusters;
import io.stepyard.simulator.Simulation;
import io.stepyard.simulator.SimulationObserver;
import io.stepyard.simulator.SimulationSetup;
import io.stepyard.simulator.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the pass by JMH, beside Fenzo, and holds what was found to its bounds. Exit code 3: a bound was missed. */
public final class SchedulerSpeed {

    private static final int MISSED = 3;
    private static final int JOBS = 1_000_000;
    private static final int SMALL = 100_000;
    private static final int CLUSTERS = 100;

    private final List<String> missed = new ArrayList<>();

    private SchedulerSpeed() {}

    /** @param args the folder of logs, or none; then {@code wild} to measure jobs that are all unlike as well */
    public static void main(String[] args) throws RunnerException, IOException {
        SchedulerSpeed speed = new SchedulerSpeed();
        speed.passes(args.length > 1 && args[1].equals("wild"));
        speed.fenzo();
        speed.memory();
        speed.log(args.length == 0 ? Path.of("nowhere") : Path.of(args[0]));
        if (!speed.missed.isEmpty()) {
            System.out.println("missed: " + String.join(", ", speed.missed));
            System.exit(MISSED);
        }
        System.out.println("every bound held");
    }

    private void passes(boolean wild) throws RunnerException {
        System.out.printf("%,d waiting x %d clusters%n", JOBS, CLUSTERS);
        System.out.printf("%-11s %-8s %-34s %12s %10s%n", "jobs", "policy", "measured", "found", "bound");
        OptionsBuilder options = options("PassBenchmark");
        if (wild) {
            options.param("variety", Variety.AS_IN_LOGS.name(), Variety.WILD.name());
        }
        for (RunResult run : new Runner(options.build()).run()) {
            String policy = run.getParams().getParam("policy");
            String variety = run.getParams().getParam("variety");
            boolean judged = variety.equals(Variety.AS_IN_LOGS.name());
            String name = run.getParams().getBenchmark().replaceFirst(".*\\.", "");
            double median = run.getPrimaryResult().getStatistics().getPercentile(50);
            switch (name) {
                case "cold" -> atMost(variety, policy, "cold pass, median, ms", median / 1000,
                        policy.equals(Policies.SOURCE) ? 5 : 50, judged);
                case "steady" -> {
                    atMost(variety, policy, "steady pass, p50, ms", median / 1000, 0.1, judged);
                    atMost(variety, policy, "steady pass, p99, ms",
                            run.getPrimaryResult().getStatistics().getPercentile(99) / 1000, Double.NaN, false);
                }
                default -> atLeast(variety, policy, "inserts, million/s", JOBS / median, 1, judged);
            }
        }
    }

    private void fenzo() throws RunnerException {
        Collection<RunResult> runs = new Runner(options("FenzoBenchmark").build()).run();
        double theirs = median(runs, "fenzo");
        System.out.printf("%n%,d waiting x %d clusters, beside Fenzo 1.0.1 in the same run: %,.0f ms%n", SMALL,
                CLUSTERS,
                theirs / 1000);
        double pass = median(runs, "ours");
        double filled = median(runs, "oursWithFilling");
        System.out.printf("ours %.2f ms, with filling the queue %.1f ms%n", pass / 1000, filled / 1000);
        atLeast("", "source", "times as fast as Fenzo", theirs / pass, 1000, true);
        atLeast("", "source", "the same with filling the queue", theirs / filled, Double.NaN, false);
    }

    private static double median(Collection<RunResult> runs, String name) {
        return runs.stream().filter(run -> run.getParams().getBenchmark().endsWith("." + name)).findFirst()
                .orElseThrow().getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static OptionsBuilder options(String benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include("scheduling\\." + benchmark + "\\.");
        options.verbosity(VerboseMode.SILENT);
        return options;
    }

    /** All of a waiting job: the job itself with its id of 36 characters, and its place in the queue. */
    private void memory() {
        System.out.println();
        for (String policy : List.of(Policies.SOURCE, "easy", Policies.DEFAULT)) {
            Workload workload = new Workload(1, Variety.AS_IN_LOGS);
            LiveQueue queue = Workload.queue(policy, workload.clusters(CLUSTERS), List.of());
            long before = usedBytes();
            for (int index = 0; index < JOBS; index++) {
                WaitingJob job = workload.job(Workload.NOW.plusMillis(index));
                queue.add(job);
            }
            double each = (double) (usedBytes() - before) / queue.waiting();
            atMost("AS_IN_LOGS", policy, "bytes for each waiting job", each, 250, true);
        }
    }

    private static long usedBytes() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void log(Path folder) throws IOException {
        Path file = folder.resolve("CTC-SP2-1996-3.1-cln.swf.gz");
        if (!Files.isRegularFile(file)) {
            System.out.println("SKIPPED: simulating CTC's log, no " + file);
            return;
        }
        Trace trace = Trace.read(file);
        System.out.printf("%nCTC-SP2, %,d jobs simulated, best of 3%n", trace.jobs().size());
        for (String policy : List.of(Policies.SOURCE, "easy", Policies.DEFAULT)) {
            double best = Double.MAX_VALUE;
            for (int round = 0; round < 3; round++) {
                best = Math.min(best, Simulation.run(trace,
                        new SimulationSetup(Policies.policy(policy), Clusters.ofLog(trace)), SimulationObserver.NONE)
                        .wallNanos() / 1e9);
            }
            atMost("CTC-SP2", policy, "seconds", best, 2, true);
        }
    }

    private void atMost(String jobs, String policy, String what, double found, double bound, boolean judged) {
        print(jobs, policy, what, found, bound, judged, found <= bound);
    }

    private void atLeast(String jobs, String policy, String what, double found, double bound, boolean judged) {
        print(jobs, policy, what, found, bound, judged, found >= bound);
    }

    private void print(String jobs, String policy, String what, double found, double bound, boolean judged,
            boolean holds) {
        String verdict = judged ? String.format(Locale.ROOT, "%10.4g %s", bound, holds ? "held" : "MISSED") : "told";
        System.out.printf(Locale.ROOT, "%-11s %-8s %-34s %12.4f %10s%n", jobs, policy, what, found, verdict);
        if (judged && !holds) {
            missed.add(policy + " " + what);
        }
    }
}

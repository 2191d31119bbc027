package io.stepyard.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one simulation. Where nothing started, waits and slowdowns are not a number.
 *
 * @param jobs started and ended
 * @param unstarted never started: no cluster meets their demands
 * @param meanBoundedSlowdown mean of max(1, (wait + run) / max(10 s, run))
 * @param meanFlowSeconds mean of wait + run
 * @param utilisation core-seconds worked over core-seconds there were from the first submission to the last end
 * @param lossOfCapacity core-seconds idle while jobs were waiting, over core-seconds there were
 * @param userSlowdown mean over users of their mean bounded slowdown
 */
public record Metrics(int jobs, long unstarted, double meanWaitSeconds, double p95WaitSeconds, double maxWaitSeconds,
        double meanBoundedSlowdown, double maxBoundedSlowdown, double meanFlowSeconds, double utilisation,
        double lossOfCapacity, double userSlowdown) {

    /** Shorter jobs count as this long when their slowdown is taken. */
    public static final long SLOWDOWN_THRESHOLD_SECONDS = 10;

    /** @param cores of all clusters together */
    public static Metrics of(Outcome outcome, long cores) {
        int count = outcome.trace().jobs().size();
        double[] waits = new double[count];
        int started = 0;
        double slowdowns = 0;
        double maxSlowdown = 0;
        double flow = 0;
        double work = 0;
        long firstSubmit = Long.MAX_VALUE;
        long lastEnd = Long.MIN_VALUE;
        for (int index = 0; index < count; index++) {
            TraceJob job = outcome.trace().jobs().get(index);
            firstSubmit = Math.min(firstSubmit, job.submitSeconds());
            if (!outcome.started(index)) {
                continue;
            }
            long wait = outcome.waitSeconds(index);
            waits[started++] = wait;
            double slowdown = boundedSlowdown(wait, job.runSeconds());
            slowdowns += slowdown;
            maxSlowdown = Math.max(maxSlowdown, slowdown);
            flow += wait + job.runSeconds();
            work += job.work();
            lastEnd = Math.max(lastEnd, outcome.startSeconds(index) + job.runSeconds());
        }
        if (started == 0) {
            return new Metrics(0, outcome.unstarted(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                    Double.NaN, 0, 0, Double.NaN);
        }
        double[] sorted = Arrays.copyOf(waits, started);
        Arrays.sort(sorted);
        double capacity = (double) (lastEnd - firstSubmit) * cores;
        return new Metrics(started, outcome.unstarted(), Arrays.stream(sorted).sum() / started,
                sorted[(int) Math.min(started - 1, Math.round(Math.ceil(0.95 * started)) - 1)], sorted[started - 1],
                slowdowns / started, maxSlowdown, flow / started, work / capacity,
                LossOfCapacity.of(outcome, cores) / capacity, userMean(outcome));
    }

    public static double boundedSlowdown(long waitSeconds, long runSeconds) {
        return Math.max(1, (double) (waitSeconds + runSeconds) / Math.max(SLOWDOWN_THRESHOLD_SECONDS, runSeconds));
    }

    /** Mean bounded slowdown by user. */
    public static Map<String, Double> byUser(Outcome outcome) {
        Map<String, double[]> sums = new TreeMap<>();
        for (int index = 0; index < outcome.trace().jobs().size(); index++) {
            if (outcome.started(index)) {
                TraceJob job = outcome.trace().jobs().get(index);
                double[] sum = sums.computeIfAbsent(job.user(), _ -> new double[2]);
                sum[0] += boundedSlowdown(outcome.waitSeconds(index), job.runSeconds());
                sum[1]++;
            }
        }
        Map<String, Double> means = new TreeMap<>();
        sums.forEach((user, sum) -> means.put(user, sum[0] / sum[1]));
        return means;
    }

    private static double userMean(Outcome outcome) {
        return byUser(outcome).values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}

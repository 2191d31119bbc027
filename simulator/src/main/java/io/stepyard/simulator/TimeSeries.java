package io.stepyard.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Means over equal stretches of time from the first submission to the last end.
 *
 * @param usedCores mean cores in use
 * @param waiting mean number of waiting jobs
 */
record TimeSeries(long fromSeconds, long toSeconds, List<Double> usedCores, List<Double> waiting) {

    static TimeSeries of(Outcome outcome, int bins) {
        List<TraceJob> jobs = outcome.trace().jobs();
        long from = jobs.stream().mapToLong(TraceJob::submitSeconds).min().orElse(0);
        long to = from + 1;
        List<double[]> changes = new ArrayList<>();
        for (int index = 0; index < jobs.size(); index++) {
            TraceJob job = jobs.get(index);
            changes.add(new double[]{(double) job.submitSeconds(), 0, 1});
            if (outcome.started(index)) {
                long start = outcome.startSeconds(index);
                double cores = job.cpuMillicores() / 1000.0;
                changes.add(new double[]{(double) start, cores, -1});
                changes.add(new double[]{(double) (start + job.runSeconds()), -cores, 0});
                to = Math.max(to, start + job.runSeconds());
            }
        }
        changes.sort(Comparator.comparingDouble(change -> change[0]));
        double[] used = new double[bins];
        double[] waiting = new double[bins];
        double width = (double) (to - from) / bins;
        double usedNow = 0;
        double waitingNow = 0;
        double last = (double) from;
        for (double[] change : changes) {
            spread(used, waiting, usedNow, waitingNow, (last - from) / width, (change[0] - from) / width);
            usedNow += change[1];
            waitingNow += change[2];
            last = change[0];
        }
        return new TimeSeries(from, to, boxed(used), boxed(waiting));
    }

    private static void spread(double[] used, double[] waiting, double usedNow, double waitingNow, double from,
            double to) {
        double at = from;
        while (at < to) {
            int bin = Math.min(used.length - 1, (int) at);
            double end = Math.min(to, bin + 1.0);
            used[bin] += usedNow * (end - at);
            waiting[bin] += waitingNow * (end - at);
            if (end <= at) {
                return;
            }
            at = end;
        }
    }

    private static List<Double> boxed(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}

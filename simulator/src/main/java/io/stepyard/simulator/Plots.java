package io.stepyard.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The pictures of a comparison: what was used and what waited over time, how long waits were, and who ran when. */
final class Plots {

    private static final int BINS = 400;
    private static final int POINTS = 200;
    /** Jobs in the picture of a window: more cannot be told apart. */
    private static final int GANTT_JOBS = 400;
    private static final double DAY = 86_400.0;

    private Plots() {}

    static List<Path> write(Path folder, List<PolicyResult> results, long cores) throws IOException {
        Files.createDirectories(folder);
        List<TimeSeries> series = results.stream().map(result -> TimeSeries.of(result.outcome(), BINS)).toList();
        List<Path> files = new ArrayList<>();
        files.add(save(folder, "utilisation.svg", overTime("Cores in use over time", "cores", results, series,
                TimeSeries::usedCores, (double) cores)));
        files.add(save(folder, "queue.svg", overTime("Waiting jobs over time", "jobs", results, series,
                TimeSeries::waiting, series.stream().flatMap(one -> one.waiting().stream())
                        .mapToDouble(Double::doubleValue).max().orElse(1))));
        files.add(save(folder, "waits.svg", waits(results)));
        for (int index = 0; index < results.size(); index++) {
            files.add(save(folder, "gantt-" + (index + 1) + ".svg", gantt(results.get(index), cores)));
        }
        return files;
    }

    private static Path save(Path folder, String name, Svg svg) throws IOException {
        return Files.writeString(folder.resolve(name), svg.toString());
    }

    private static Svg overTime(String title, String yName, List<PolicyResult> results, List<TimeSeries> series,
            Function<TimeSeries, List<Double>> values, double most) {
        double days = series.stream().mapToDouble(one -> (one.toSeconds() - one.fromSeconds()) / DAY).max().orElse(1);
        Svg svg = new Svg(title, "days", yName, days, most);
        for (int index = 0; index < results.size(); index++) {
            TimeSeries one = series.get(index);
            double width = (one.toSeconds() - one.fromSeconds()) / DAY / BINS;
            svg.line(index, IntStream.range(0, BINS).mapToObj(bin -> (bin + 0.5) * width).toList(), values.apply(one));
            svg.name(index, results.get(index).policy());
        }
        return svg;
    }

    private static Svg waits(List<PolicyResult> results) {
        double longest = results.stream().mapToDouble(result -> result.metrics().maxWaitSeconds()).max().orElse(1);
        Svg svg = new Svg("Part of the jobs that waited at most so long", "log10(1 + seconds)", "part",
                Math.log10(1 + longest), 1);
        for (int index = 0; index < results.size(); index++) {
            Outcome outcome = results.get(index).outcome();
            double[] waits = IntStream.range(0, outcome.trace().jobs().size()).filter(outcome::started)
                    .mapToDouble(job -> Math.log10(1.0 + outcome.waitSeconds(job))).sorted().toArray();
            List<Double> xs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (int point = 0; point <= POINTS && waits.length > 0; point++) {
                int at = (int) Math.min(waits.length - 1L, (long) point * waits.length / POINTS);
                xs.add(waits[at]);
                ys.add((at + 1.0) / waits.length);
            }
            svg.line(index, xs, ys);
            svg.name(index, results.get(index).policy());
        }
        return svg;
    }

    /** The stretch of jobs around the longest queue, each in the lowest lanes that are free. */
    private static Svg gantt(PolicyResult result, long cores) {
        Outcome outcome = result.outcome();
        List<TraceJob> jobs = outcome.trace().jobs();
        List<Integer> started = IntStream.range(0, jobs.size()).filter(outcome::started).boxed()
                .sorted(Comparator.comparingLong(outcome::startSeconds)).toList();
        int first = Math.max(0, started.size() / 2 - GANTT_JOBS / 2);
        List<Integer> window = started.subList(first, Math.min(started.size(), first + GANTT_JOBS));
        long from = window.isEmpty() ? 0 : outcome.startSeconds(window.getFirst());
        long to = window.stream().mapToLong(job -> outcome.startSeconds(job) + jobs.get(job).runSeconds()).max()
                .orElse(from + 1);
        Svg svg = new Svg(String.format(Locale.ROOT, "%s: %d jobs in the middle, colour by user", result.policy(),
                window.size()), "hours", "cores", (to - from) / 3600.0, (double) cores);
        Lanes lanes = new Lanes((int) Math.min(cores, 4096), (double) cores);
        for (int index : window) {
            TraceJob job = jobs.get(index);
            long start = outcome.startSeconds(index);
            for (Lanes.Stripe stripe : lanes.take(start, start + job.runSeconds(), job.cpuMillicores() / 1000.0)) {
                svg.box(Math.floorMod(job.user().hashCode(), 7), (start - from) / 3600.0,
                        (start + job.runSeconds() - from) / 3600.0, stripe.from(), stripe.to(),
                        "job " + job.number() + " of " + job.user() + ", waited " + outcome.waitSeconds(index) + " s");
            }
        }
        return svg;
    }
}

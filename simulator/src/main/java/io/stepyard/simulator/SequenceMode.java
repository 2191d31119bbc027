package io.stepyard.simulator;

import io.stepyard.scheduler.QueueOrder;
import io.stepyard.scheduler.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The set-up of the RLScheduler tables (SC '20): sequences of 1,024 consecutive jobs on an empty machine, one job chosen
 * at a time, the simulation blocked until that job fits, and optionally others started meanwhile when they end before
 * the chosen job's reserved start.
 *
 * <p>It differs from a pass of the product on purpose in all of this; only the queue orders are the product's. Waiting is
 * taken as {@code -1 - submit}, because the published tables scored jobs with a start of -1.
 */
public final class SequenceMode {

    /** Where the published sequences begin. */
    public static final List<Integer> PUBLISHED_STARTS = List.of(1981, 2756, 4299, 8850, 3316, 2714, 5228, 7762, 4022,
            7085);
    /** Jobs in a sequence. */
    public static final int LENGTH = 1024;

    private static final Comparator<Job> BY_END = Comparator.comparingLong(job -> job.start + job.run);
    private static final Comparator<Job> BY_EXPECTED_END = Comparator.comparingLong(job -> job.start + job.request);

    private final QueueOrder order;
    private final boolean tiesBySubmission;
    private final boolean backfill;
    private final long processors;
    private final List<Job> jobs;
    private final List<Job> queue = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private int next;
    private long now;
    private long free;

    private SequenceMode(List<Job> jobs, long processors, QueueOrder order, boolean tiesBySubmission,
            boolean backfill) {
        this.jobs = jobs;
        this.processors = processors;
        this.order = order;
        this.tiesBySubmission = tiesBySubmission;
        this.backfill = backfill;
        this.free = processors;
    }

    /**
     * What the sequences of a log gave.
     *
     * @param boundedSlowdown mean over jobs, then over sequences
     * @param waitSeconds mean over jobs, then over sequences
     * @param utilisation up to the last start, as published
     * @param utilisationToEnd up to the last end
     */
    public record Result(double boundedSlowdown, double waitSeconds, double utilisation, double utilisationToEnd) {}

    /**
     * @param order one of the product's queue orders
     * @param tiesBySubmission whether equal scores go by time of submission; else they stay as they stand in the queue
     * @throws InputFault when the log is shorter than the sequences need
     */
    public static Result run(Path log, QueueOrder order, boolean tiesBySubmission, boolean backfill,
            List<Integer> starts) throws IOException {
        SwfReader.Log read = SwfReader.read(log);
        List<SwfLine> lines = read.lines().stream().filter(line -> line.run() != 0)
                .sorted(Comparator.comparingLong(SwfLine::number)).toList();
        double[] sums = new double[4];
        for (int start : starts) {
            if (start + LENGTH > lines.size()) {
                throw new InputFault(read.name() + ": expected " + (start + LENGTH)
                        + " jobs for the sequence from job " + start + ", but found " + lines.size());
            }
            List<Job> jobs = lines.subList(start, start + LENGTH).stream().map(Job::new).toList();
            SequenceMode sequence = new SequenceMode(jobs, read.processors(), order, tiesBySubmission, backfill);
            sequence.play();
            Result one = sequence.result();
            sums[0] += one.boundedSlowdown();
            sums[1] += one.waitSeconds();
            sums[2] += one.utilisation();
            sums[3] += one.utilisationToEnd();
        }
        int count = starts.size();
        return new Result(sums[0] / count, sums[1] / count, sums[2] / count, sums[3] / count);
    }

    private void play() {
        now = jobs.getFirst().submit;
        queue.add(jobs.getFirst());
        next = 1;
        while (!queue.isEmpty()) {
            sortQueue();
            Job chosen = queue.getFirst();
            if (chosen.processors > free) {
                waitFor(chosen);
            }
            start(chosen);
            while (queue.isEmpty() && next < jobs.size()) {
                step();
            }
        }
    }

    private void sortQueue() {
        for (Job job : queue) {
            double score = order.score(standing(job));
            // An unknown limit has no square root; such a job comes last.
            job.score = Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
        }
        Comparator<Job> byScore = Comparator.comparingDouble((Job job) -> job.score).reversed();
        queue.sort(tiesBySubmission ? byScore.thenComparingLong(job -> job.submit) : byScore);
    }

    private static Standing standing(Job job) {
        return Standing.of(0, (double) job.submit, (double) (-1 - job.submit), (double) job.request,
                (double) job.processors);
    }

    private void waitFor(Job chosen) {
        long reserved = reservedStart(chosen);
        while (chosen.processors > free) {
            if (backfill) {
                queue.sort(Comparator.comparingLong(job -> job.submit));
                for (Job job : List.copyOf(queue)) {
                    if (job.processors <= free && now + job.request < reserved) {
                        start(job);
                    }
                }
            }
            step();
        }
    }

    private long reservedStart(Job chosen) {
        running.sort(BY_EXPECTED_END);
        long room = free;
        long start = now;
        for (Job job : running) {
            room += job.processors;
            start = job.start + job.request;
            if (room >= chosen.processors) {
                break;
            }
        }
        return start;
    }

    private void start(Job job) {
        job.start = now;
        free -= job.processors;
        running.add(job);
        queue.remove(job);
    }

    /** On to the next submission or end, whichever comes first; a submission when both come together. */
    private void step() {
        running.sort(BY_END);
        long end = running.isEmpty() ? Long.MAX_VALUE : running.getFirst().start + running.getFirst().run;
        if (next < jobs.size() && jobs.get(next).submit <= end) {
            now = Math.max(now, jobs.get(next).submit);
            queue.add(jobs.get(next++));
        } else {
            now = Math.max(now, end);
            free += running.removeFirst().processors;
        }
    }

    private Result result() {
        double slowdowns = 0;
        double waits = 0;
        double work = 0;
        long lastStart = Long.MIN_VALUE;
        long lastEnd = Long.MIN_VALUE;
        for (Job job : jobs) {
            slowdowns += Metrics.boundedSlowdown(job.start - job.submit, job.run);
            waits += (double) (job.start - job.submit);
            work += (double) job.run * job.processors;
            lastStart = Math.max(lastStart, job.start);
            lastEnd = Math.max(lastEnd, job.start + job.run);
        }
        long first = jobs.getFirst().submit;
        return new Result(slowdowns / jobs.size(), waits / jobs.size(),
                work / (double) ((lastStart - first) * processors),
                work / (double) ((lastEnd - first) * processors));
    }

    private static final class Job {

        private final long submit;
        private final long run;
        private final long request;
        private final long processors;
        private long start = -1;
        private double score;

        Job(SwfLine line) {
            submit = line.submit();
            run = line.run() < 0 ? Metrics.SLOWDOWN_THRESHOLD_SECONDS : line.run();
            // As published: an unknown limit is the run time as it stands in the log, unknown or not.
            request = line.requestedTime() == -1 ? line.run() : line.requestedTime();
            processors = Math.max(line.allocated(), line.requested());
        }
    }
}

package io.stepyard.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workload: the jobs that can run, in the order of the log, and those that cannot, each group named and counted.
 *
 * @param processors of the machine the log was taken from, or -1 when it does not say
 * @param dropped job numbers by the reason they were left out for
 */
public record Trace(String name, long processors, List<TraceJob> jobs, Map<String, List<Long>> dropped) {

    private static final long MOST_CORES = 1_000_000_000;
    private static final long MOST_MEMORY = 1L << 60;
    private static final long MOST_SECONDS = 250_000_000_000L;

    public Trace {
        jobs = List.copyOf(jobs);
        dropped = new TreeMap<>(dropped);
    }

    /**
     * Reads a log in the Standard Workload Format, plain or gzip.
     *
     * <p>Processors are those requested, or those allocated when none were. A job is left out when it asks for more than
     * the machine has, never ran, or has no time limit in a log whose other jobs have one; where no job has one, each
     * one's run time is its limit. No job runs longer than its limit.
     *
     * @throws InputFault naming file and line when a line is no job
     * @throws IOException when the file cannot be read
     */
    public static Trace read(Path file) throws IOException {
        SwfReader.Log log = SwfReader.read(file);
        long processors = log.processors();
        boolean limits = log.lines().stream().anyMatch(line -> line.requestedTime() > 0);
        List<TraceJob> jobs = new ArrayList<>(log.lines().size());
        Map<String, List<Long>> dropped = new TreeMap<>();
        for (SwfLine line : log.lines()) {
            long cores = line.requested() > 0 ? line.requested() : line.allocated();
            long request = limits ? line.requestedTime() : line.run();
            String fault = fault(line, cores, request, processors);
            if (fault == null) {
                jobs.add(new TraceJob(line.number(), line.submit(), Math.min(line.run(), request), request,
                        cores * 1000, line.memoryMib(cores), Long.toString(line.user()), 0, line.clusters()));
            } else {
                dropped.computeIfAbsent(fault, _ -> new ArrayList<>()).add(line.number());
            }
        }
        return new Trace(log.name(), processors, jobs, dropped);
    }

    /** Reads a log or, when its name ends in {@code .jsonl}, the history of our own jobs. */
    public static Trace of(Path file) throws IOException {
        return file.toString().endsWith(".jsonl") ? HistoryReader.read(file) : read(file);
    }

    private static @Nullable String fault(SwfLine line, long cores, long request,
            long processors) {
        if (processors > 0 && (line.allocated() > processors || line.requested() > processors)) {
            return "asks for more than the machine's " + processors + " processors";
        }
        if (cores > MOST_CORES || line.memory() > MOST_MEMORY / Math.max(1, Math.max(cores, line.nodes()))) {
            return "asks for more than any machine has";
        }
        if (line.run() > MOST_SECONDS || request > MOST_SECONDS || line.submit() > MOST_SECONDS) {
            return "has a time beyond the year 9999";
        }
        if (cores <= 0) {
            return "asks for no processor";
        }
        if (line.run() <= 0) {
            return "never ran";
        }
        if (request <= 0) {
            return "has no time limit";
        }
        return line.submit() < 0 ? "has no time of submission" : null;
    }
}

package io.stepyard.simulator;

import java.util.Arrays;
import java.util.List;

/** What became of each job of a simulation, by its position in the trace. */
public final class Outcome {

    private final Trace trace;
    private final List<String> clusters;
    private final long[] startSeconds;
    private final int[] cluster;
    private final long passes;
    private final long wallNanos;

    /** The arrays are handed over: nobody changes them afterwards. -1 stands for jobs that never started. */
    Outcome(Trace trace, List<String> clusters, long[] startSeconds, int[] cluster, long passes, long wallNanos) {
        this.trace = trace;
        this.clusters = List.copyOf(clusters);
        this.startSeconds = startSeconds;
        this.cluster = cluster;
        this.passes = passes;
        this.wallNanos = wallNanos;
    }

    public Trace trace() {
        return trace;
    }

    public List<String> clusters() {
        return clusters;
    }

    public boolean started(int index) {
        return startSeconds[index] >= 0;
    }

    /** When it started, in seconds of the trace, or -1 when it never did. */
    public long startSeconds(int index) {
        return startSeconds[index];
    }

    /** Where it ran, by position in {@link #clusters()}, or -1 when it never did. */
    public int cluster(int index) {
        return cluster[index];
    }

    public long waitSeconds(int index) {
        return startSeconds[index] - trace.jobs().get(index).submitSeconds();
    }

    /** Jobs that never started. */
    public long unstarted() {
        return Arrays.stream(startSeconds).filter(start -> start < 0).count();
    }

    /** Passes made. */
    public long passes() {
        return passes;
    }

    /** Real time the simulation took. */
    public long wallNanos() {
        return wallNanos;
    }
}

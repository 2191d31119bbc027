package io.stepyard.scheduler;

/**
 * What a queue order sees of a job at the moment of a pass. One instance is reused for every job of a pass, so an order
 * must not keep it.
 */
public final class Standing {

    private int priority;
    private double submitSeconds;
    private double waitSeconds;
    private double runSeconds;
    private double cores;
    private double fairShare;
    private double backlogSeconds;

    Standing backlog(double seconds) {
        backlogSeconds = seconds;
        return this;
    }

    /** A standing by hand, for whoever ranks jobs outside a pass. */
    public static Standing of(int priority, double submitSeconds, double waitSeconds, double runSeconds, double cores) {
        return new Standing().set(priority, submitSeconds, waitSeconds, runSeconds, cores, 0);
    }

    Standing set(int newPriority, double newSubmitSeconds, double newWaitSeconds, double newRunSeconds, double newCores,
            double newFairShare) {
        priority = newPriority;
        submitSeconds = newSubmitSeconds;
        waitSeconds = newWaitSeconds;
        runSeconds = newRunSeconds;
        cores = newCores;
        fairShare = newFairShare;
        return this;
    }

    public int priority() {
        return priority;
    }

    /** When it joined the queue, in seconds of the epoch. */
    public double submitSeconds() {
        return submitSeconds;
    }

    public double waitSeconds() {
        return waitSeconds;
    }

    /** Expected run time in seconds, above 0. */
    public double runSeconds() {
        return runSeconds;
    }

    public double cores() {
        return cores;
    }

    /** How long all open clusters together would need for what waits, by its cores and expected run times. */
    public double backlogSeconds() {
        return backlogSeconds;
    }

    /** The tenant's part of the decayed usage divided by its part of the weights: 0 is unused, 1 is its due, more is over it. */
    public double fairShare() {
        return fairShare;
    }
}

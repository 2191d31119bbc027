package io.stepyard.scheduler;

/** Puts waiting jobs through a queue order at one moment. */
final class Rater {

    private final QueueOrder order;
    private final long nowMillis;
    private final double nowSeconds;
    private final Standing standing = new Standing();
    private long tier;
    private double score;

    Rater(QueueOrder order, long nowMillis, double backlogSeconds) {
        this.order = order;
        this.nowMillis = nowMillis;
        this.nowSeconds = nowMillis / 1000.0;
        standing.backlog(backlogSeconds);
    }

    /** The same moment by another order. */
    Rater by(QueueOrder other) {
        return other.equals(order) ? this : new Rater(other, nowMillis, standing.backlogSeconds());
    }

    /** Ranks a kind by its first job. */
    void rate(JobGroup group) {
        rate(group, group.firstMillis, group.firstPriority, group.account.share());
        group.tier = tier;
        group.score = score;
    }

    /** Puts tier and score of a job, as a member of its kind, where {@link #tier()} and {@link #score()} find them. */
    void rate(JobGroup group, WaitingJob job) {
        rate(group, job.enqueuedAt().toEpochMilli(), job.priority(), group.account.share());
    }

    void rate(JobGroup group, long enqueuedMillis, int priority, double share) {
        double submitSeconds = enqueuedMillis / 1000.0;
        standing.set(priority, submitSeconds, Math.max(0, nowSeconds - submitSeconds), group.runSeconds,
                group.need[Amounts.CPU] / 1000.0, share);
        tier = order.tier(standing);
        score = order.score(standing);
    }

    long tier() {
        return tier;
    }

    double score() {
        return score;
    }

    double backlogSeconds() {
        return standing.backlogSeconds();
    }

    Standing standing() {
        return standing;
    }
}

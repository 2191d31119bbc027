package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kinds of waiting jobs in the order of a policy, first ones first: a heap, since a pass seldom comes far. */
final class Ranking {

    private final LiveQueue queue;
    private final long nowMillis;
    private final Standing standing = new Standing();
    private QueueOrder order = Orders.fcfs();
    private JobGroup[] heap;
    private int size;

    Ranking(LiveQueue queue, long nowMillis) {
        this.queue = queue;
        this.nowMillis = nowMillis;
        this.standing.backlog(queue.backlogSeconds());
        this.heap = new JobGroup[Math.max(1, queue.groups().size())];
    }

    /** Ranks all groups that the filter takes. */
    void rank(QueueOrder by, Predicate<JobGroup> filter) {
        order = by;
        size = 0;
        for (JobGroup group : queue.groups()) {
            if (filter.test(group)) {
                evaluate(group);
                heap[size++] = group;
            }
        }
        heapify();
    }

    /** Ranks what has not been dropped yet once more, by another order. */
    void rerank(QueueOrder by, Predicate<JobGroup> filter) {
        boolean sameOrder = by.equals(order);
        order = by;
        int kept = 0;
        for (int index = 0; index < size; index++) {
            JobGroup group = heap[index];
            if (filter.test(group)) {
                if (!sameOrder) {
                    evaluate(group);
                }
                heap[kept++] = group;
            }
        }
        Arrays.fill(heap, kept, size, null);
        size = kept;
        heapify();
    }

    @Nullable
    JobGroup first() {
        return size == 0 ? null : heap[0];
    }

    void drop() {
        heap[0] = heap[--size];
        down(0);
    }

    /** After the first of the first group has gone: the group takes the place of its next one. */
    void reorderFirst() {
        evaluate(heap[0]);
        down(0);
    }

    private void evaluate(JobGroup group) {
        rate(group, group.first());
        group.tier = tier;
        group.score = score;
    }

    private long tier;
    private double score;

    /** Puts tier and score of a job, as a member of its group, where {@link #tier()} and {@link #score()} find them. */
    void rate(JobGroup group, WaitingJob job) {
        double submitSeconds = job.enqueuedAt().toEpochMilli() / 1000.0;
        standing.set(job.priority(), submitSeconds, Math.max(0, nowMillis / 1000.0 - submitSeconds), group.runSeconds,
                group.need[Amounts.CPU] / 1000.0, queue.shareOf(job.tenant(), nowMillis));
        tier = order.tier(standing);
        score = order.score(standing);
    }

    long tier() {
        return tier;
    }

    double score() {
        return score;
    }

    Standing standing() {
        return standing;
    }

    /** One waiting job with its rank. */
    record Ranked(WaitingJob job, JobGroup group, long tier, double score) {

        static final Comparator<Ranked> FIRST_COMES = Comparator.comparingLong(Ranked::tier).reversed()
                .thenComparing(Comparator.comparingDouble(Ranked::score).reversed())
                .thenComparing(ranked -> ranked.job().enqueuedAt()).thenComparing(ranked -> ranked.job().jobId());
    }

    /** The first waiting jobs one by one, at most {@code limit}. */
    List<Ranked> jobs(QueueOrder by, int limit) {
        order = by;
        List<Ranked> jobs = new ArrayList<>();
        for (JobGroup group : queue.groups()) {
            for (WaitingJob job : group.jobs(limit)) {
                rate(group, job);
                jobs.add(new Ranked(job, group, tier, score));
            }
        }
        jobs.sort(Ranked.FIRST_COMES);
        return jobs.size() <= limit ? jobs : jobs.subList(0, limit);
    }

    private void heapify() {
        for (int index = size / 2 - 1; index >= 0; index--) {
            down(index);
        }
    }

    private void down(int from) {
        if (from >= size) {
            return;
        }
        JobGroup moved = heap[from];
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (!precedes(heap[child], moved)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }

    static boolean precedes(JobGroup one, JobGroup other) {
        if (one.tier != other.tier) {
            return one.tier > other.tier;
        }
        int byScore = Double.compare(other.score, one.score);
        if (byScore != 0) {
            return byScore < 0;
        }
        WaitingJob first = one.first();
        WaitingJob second = other.first();
        int byTime = first.enqueuedAt().compareTo(second.enqueuedAt());
        return byTime != 0 ? byTime < 0 : first.jobId().compareTo(second.jobId()) < 0;
    }
}

package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of waiting jobs in the order of a policy, first ones first: a heap of shapes by the first kind of each, since
 * a pass seldom comes far and drops shapes as a whole.
 */
final class Ranking {

    private final Rater rater;
    private final JobShape[] heap;
    private int size;

    /** Ranks the kinds that the test takes of the first {@code count} shapes. */
    Ranking(Rater rater, JobShape[] shapes, int count, Predicate<JobGroup> kinds) {
        this.rater = rater;
        this.heap = new JobShape[count + 1];
        for (int shapeIndex = 0; shapeIndex < count; shapeIndex++) {
            JobShape shape = shapes[shapeIndex];
            shape.clearRanks();
            for (int index = 0; index < shape.count(); index++) {
                JobGroup kind = shape.kind(index);
                if (kinds.test(kind)) {
                    rater.rate(kind);
                    shape.addRanked(index);
                }
            }
            if (shape.hasRanked()) {
                shape.heapify();
                heap[size++] = shape;
            }
        }
        for (int index = size / 2 - 1; index >= 0; index--) {
            down(index);
        }
    }

    @Nullable
    JobGroup first() {
        return size == 0 ? null : heap[0].first();
    }

    /** Takes the first kind out, and of its shape all others that the test does not take. */
    void drop(Predicate<JobGroup> kept) {
        heap[0].dropFirst(kept);
        settle();
    }

    /** Takes the shape of the first kind out. */
    void dropShape() {
        heap[0].clearRanks();
        settle();
    }

    /** After the first job of the first kind has gone, and the kind with it when it was the last. */
    void firstStarted(JobGroup kind) {
        if (!kind.isEmpty()) {
            rater.rate(kind);
            heap[0].reorderFirst();
        }
        settle();
    }

    private void settle() {
        if (!heap[0].hasRanked()) {
            heap[0] = heap[--size];
        }
        down(0);
    }

    /** One waiting job with its rank. */
    record Ranked(WaitingJob job, JobGroup group, long tier, double score) {

        static final Comparator<Ranked> FIRST_COMES = Comparator.comparingLong(Ranked::tier).reversed()
                .thenComparing(Comparator.comparingDouble(Ranked::score).reversed())
                .thenComparing(ranked -> ranked.job().enqueuedAt()).thenComparing(ranked -> ranked.job().jobId());
    }

    /** The first waiting jobs one by one, at most {@code limit}. */
    static List<Ranked> jobs(LiveQueue queue, Rater rater, int limit) {
        List<Ranked> jobs = new ArrayList<>();
        for (JobShape shape : queue.shapes()) {
            for (int index = 0; index < shape.count(); index++) {
                JobGroup kind = shape.kind(index);
                for (WaitingJob job : kind.jobs(limit)) {
                    rater.rate(kind, job);
                    jobs.add(new Ranked(job, kind, rater.tier(), rater.score()));
                }
            }
        }
        jobs.sort(Ranked.FIRST_COMES);
        return jobs.size() <= limit ? jobs : jobs.subList(0, limit);
    }

    private void down(int from) {
        if (from >= size) {
            return;
        }
        JobShape moved = heap[from];
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].first().precedes(heap[child].first())) {
                child++;
            }
            if (!heap[child].first().precedes(moved.first())) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }
}

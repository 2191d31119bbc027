package io.stepyard.scheduler;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who comes first among the kinds that may start in a pass. While few are asked for, each is searched by the bounds of
 * their shapes; once many are, all are ranked.
 */
final class Contest {

    /** After so many searches in one pass ranking all at once is cheaper. */
    private static final int MOST_SEARCHES = 48;

    private final long pass;
    private final Rater rater;
    private final @Nullable RankBounds bounds;
    private final Predicate<JobShape> among;
    private final Predicate<JobGroup> mayStart;
    private final JobShape[] shapes;
    private int count;
    private int searches;
    private int at;
    private @Nullable JobGroup first;
    private @Nullable Ranking ranking;

    /**
     * @param bounds null when the order has none
     * @param among shapes whose kinds take part
     * @param mayStart which of their kinds do
     */
    Contest(LiveQueue queue, Rater rater, @Nullable RankBounds bounds, Predicate<JobShape> among,
            Predicate<JobGroup> mayStart) {
        this.pass = queue.passes();
        this.rater = rater;
        this.bounds = bounds;
        this.among = among;
        this.mayStart = kind -> kind.asideIn != pass && mayStart.test(kind);
        this.shapes = queue.shapes().toArray(new JobShape[0]);
        this.count = shapes.length;
        narrow();
    }

    /** Leaves out the shapes that no longer take part: room has shrunk. */
    private void narrow() {
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (!shapes[index].isEmpty() && among.test(shapes[index])) {
                shapes[kept++] = shapes[index];
            }
        }
        count = kept;
    }

    /** The kind that comes first; null when none is left. */
    @Nullable
    JobGroup first() {
        if (ranking == null && bounds != null && searches++ < MOST_SEARCHES) {
            first = search(bounds);
        } else {
            if (ranking == null) {
                ranking = new Ranking(rater, shapes, count, mayStart);
            }
            first = ranking.first();
        }
        return first;
    }

    private @Nullable JobGroup search(RankBounds by) {
        int highest = 0;
        for (int index = 1; index < count; index++) {
            if (RankBounds.isHighest(shapes[index], shapes[highest])) {
                highest = index;
            }
        }
        JobGroup best = count == 0 ? null : best(highest, by, null);
        for (int index = 0; index < count; index++) {
            if (index != highest && (best == null || RankBounds.reaches(shapes[index], best))) {
                best = best(index, by, best);
            }
        }
        return best;
    }

    private @Nullable JobGroup best(int index, RankBounds by, @Nullable JobGroup until) {
        JobShape shape = shapes[index];
        JobGroup best = until;
        for (int kinds = 0; kinds < shape.count(); kinds++) {
            JobGroup kind = shape.kind(kinds);
            if (mayStart.test(kind)) {
                rater.rate(kind);
                if (best == null || kind.precedes(best)) {
                    best = kind;
                    at = index;
                }
            }
        }
        by.tighten(shape);
        return best;
    }

    /** The first has lost its first job, and has gone from its shape when that was the last. */
    void started(JobGroup kind) {
        if (ranking != null) {
            ranking.firstStarted(kind);
        } else {
            narrow();
        }
    }

    /** The first does not start in this pass; nor do others of its shape that {@code mayStart} no longer takes. */
    void drop(JobGroup kind) {
        kind.asideIn = pass;
        if (ranking != null) {
            ranking.drop(mayStart);
        }
    }

    /** No kind of the first one's shape starts in this pass. */
    void dropShape() {
        if (ranking != null) {
            ranking.dropShape();
        } else {
            shapes[at] = shapes[--count];
        }
    }
}

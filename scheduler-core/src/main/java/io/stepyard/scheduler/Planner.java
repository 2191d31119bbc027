package io.stepyard.scheduler;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the earliest planned start of a job that cannot start now, from the expected ends of what runs. */
final class Planner {

    /** A job past its expected end is taken to end as soon as it can, yet not now: it holds its room still. */
    private static final long OVERDUE_GRACE_MILLIS = 1;

    private Planner() {}

    /** @return null when no known end brings enough room anywhere, or the tenant's quota forbids a start */
    static @Nullable Reservation plan(LiveQueue queue, JobGroup group, long now) {
        if (!queue.quotas().allows(group.key.tenant(), group.need)) {
            return null;
        }
        Reservation best = null;
        for (int index : queue.clusters().openTo(group.shape)) {
            ClusterState cluster = queue.clusters().at(index);
            if (Amounts.fits(group.need, cluster.capacity())) {
                Reservation planned = planOn(queue, cluster, group, now);
                if (planned != null && (best == null || planned.startMillis() < best.startMillis())) {
                    best = planned;
                }
            }
        }
        return best;
    }

    private static @Nullable Reservation planOn(LiveQueue queue, ClusterState cluster, JobGroup group, long now) {
        long[] room = Arrays.copyOf(cluster.free(), cluster.free().length);
        Holding[] byEnd = cluster.byEnd();
        int next = 0;
        long start = now;
        while (next < cluster.holdings() && !Amounts.fits(group.need, room)) {
            start = Math.max(now + OVERDUE_GRACE_MILLIS, byEnd[next].endMillis());
            room = Amounts.add(room, byEnd[next++].amounts);
        }
        if (!Amounts.fits(group.need, room)) {
            return null;
        }
        start = queue.windows().clearFrom(cluster, start, group.limitMillis);
        while (next < cluster.holdings() && Math.max(now + OVERDUE_GRACE_MILLIS, byEnd[next].endMillis()) <= start) {
            room = Amounts.add(room, byEnd[next++].amounts);
        }
        return new Reservation(group.first().jobId(), cluster, start, Amounts.subtract(room, group.need));
    }
}

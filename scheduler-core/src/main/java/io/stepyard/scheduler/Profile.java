package io.stepyard.scheduler;

import java.util.Arrays;

/** What of a cluster is free from now on, as steps in time, with the reservations made so far. */
final class Profile {

    static final long NEVER = Long.MAX_VALUE;

    private final ClusterState cluster;
    private final Windows windows;
    private long[] at;
    private long[][] free;
    private int count;

    Profile(ClusterState cluster, Windows windows, long now) {
        this.cluster = cluster;
        this.windows = windows;
        this.at = new long[cluster.holdings() + 16];
        this.free = new long[at.length][];
        at[0] = now;
        free[0] = cluster.free().clone();
        count = 1;
        for (int index = 0; index < cluster.holdings(); index++) {
            Holding holding = cluster.byEnd()[index];
            long end = Math.max(now + 1, holding.endMillis());
            if (at[count - 1] < end) {
                at[count] = end;
                free[count] = free[count - 1].clone();
                count++;
            }
            free[count - 1] = Amounts.add(free[count - 1], holding.amounts);
        }
    }

    ClusterState cluster() {
        return cluster;
    }

    /** The first moment at which the job has room for its whole planned run and ends before every window by its limit. */
    long earliest(long[] need, long runMillis, long limitMillis) {
        long start = at[0];
        int from = 0;
        while (true) {
            start = windows.clearFrom(cluster, start, limitMillis);
            while (from + 1 < count && at[from + 1] <= start) {
                from++;
            }
            int blocked = firstBlocked(need, from, start + runMillis);
            if (blocked < 0) {
                return start;
            }
            if (blocked + 1 >= count) {
                return NEVER;
            }
            from = blocked + 1;
            start = at[from];
        }
    }

    private int firstBlocked(long[] need, int from, long end) {
        for (int index = from; index < count && (index == from || at[index] < end); index++) {
            if (!Amounts.fits(need, free[index])) {
                return index;
            }
        }
        return -1;
    }

    void reserve(long[] need, long start, long runMillis) {
        int first = split(start);
        int last = split(start + runMillis);
        for (int index = first; index < last; index++) {
            free[index] = Amounts.subtract(free[index], need);
        }
    }

    private int split(long moment) {
        int index = Arrays.binarySearch(at, 0, count, moment);
        if (index >= 0) {
            return index;
        }
        int place = -index - 1;
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            free = Arrays.copyOf(free, count * 2);
        }
        System.arraycopy(at, place, at, place + 1, count - place);
        System.arraycopy(free, place, free, place + 1, count - place);
        at[place] = moment;
        free[place] = free[place - 1].clone();
        count++;
        return place;
    }
}

package io.stepyard.scheduler;

import java.util.Arrays;
import java.util.OptionalLong;

/** What of a cluster will be free after each expected end: built once for a pass, searched for each kind of job. */
final class Releases {

    private final long now;
    private final ClusterState cluster;
    private final long[][] freeAfter;

    Releases(ClusterState cluster, long now) {
        this.now = now;
        this.cluster = cluster;
        this.freeAfter = new long[cluster.holdings()][];
        long[] room = cluster.free();
        for (int index = 0; index < freeAfter.length; index++) {
            room = Amounts.add(Arrays.copyOf(room, room.length), cluster.byEnd()[index].amounts);
            freeAfter[index] = room;
        }
    }

    /** The first expected end after which there is room; empty when the known ends do not suffice. */
    OptionalLong firstFit(long[] need) {
        int low = 0;
        int high = freeAfter.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Amounts.fits(need, freeAfter[middle])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == freeAfter.length
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(now + 1, cluster.byEnd()[low].endMillis()));
    }
}

package io.stepyard.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives each job of a picture room from the bottom up, so that none covers another. */
final class Lanes {

    private final long[] busyUntil;
    private final double coresPerLane;

    Lanes(int count, double cores) {
        this.busyUntil = new long[Math.max(1, count)];
        this.coresPerLane = cores / busyUntil.length;
        Arrays.fill(busyUntil, Long.MIN_VALUE);
    }

    /** A band of cores next to each other. */
    record Stripe(double from, double to) {}

    List<Stripe> take(long start, long end, double cores) {
        int needed = (int) Math.max(1, Math.round(cores / coresPerLane));
        List<Stripe> stripes = new ArrayList<>();
        int from = -1;
        for (int lane = 0; lane <= busyUntil.length; lane++) {
            boolean mine = lane < busyUntil.length && needed > 0 && busyUntil[lane] <= start;
            if (mine) {
                busyUntil[lane] = end;
                needed--;
                from = from < 0 ? lane : from;
            } else if (from >= 0) {
                stripes.add(new Stripe(from * coresPerLane, lane * coresPerLane));
                from = -1;
            }
        }
        return stripes;
    }
}

package io.stepyard.scheduler;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which of several clusters with room a job goes to: most of its preferred labels first, then the lowest score, then the
 * name.
 */
@FunctionalInterface
public interface ClusterChoice {

    /**
     * @param free what is free, by dimension (millicores, mebibytes, ...)
     * @param need what the job asks for; may be shorter than {@code free}
     * @param capacity all of the cluster
     */
    double score(long[] free, long[] need, long[] capacity);

    /** The cluster left fullest, so that large holes stay large. */
    ClusterChoice BEST_FIT = ClusterChoice::left;

    /** The cluster left emptiest, so that load spreads. */
    ClusterChoice BALANCE = (free, need, capacity) -> -left(free, need, capacity);

    /** The first by name that has room. */
    ClusterChoice FIRST = (free, need, capacity) -> 0;

    Map<String, ClusterChoice> BY_NAME = new TreeMap<>(
            Map.of("best-fit", BEST_FIT, "balance", BALANCE, "first", FIRST));

    /** @throws IllegalArgumentException when no choice has that name; the message lists those there are */
    static ClusterChoice named(String name) {
        ClusterChoice choice = BY_NAME.get(name);
        if (choice == null) {
            throw new IllegalArgumentException(
                    "Expected a cluster choice out of " + BY_NAME.keySet() + ", but found '" + name + "'");
        }
        return choice;
    }

    private static double left(long[] free, long[] need, long[] capacity) {
        double left = 0;
        for (int dimension = 0; dimension < free.length; dimension++) {
            long all = Amounts.at(capacity, dimension);
            if (all > 0) {
                left += (double) (free[dimension] - Amounts.at(need, dimension)) / all;
            }
        }
        return left;
    }
}

package io.stepyard.scheduler;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Runs a property over many seeds: 200 in every build, {@code -Dseeds=20000} on demand, {@code -Dseed=N} for one again.
 */
final class Seeds {

    private static final int DEFAULT_COUNT = 200;

    private Seeds() {}

    /** A property that throws when it does not hold. */
    @FunctionalInterface
    interface Property {
        void check(RandomGenerator random);
    }

    static void forEach(Property property) {
        forEach(property, DEFAULT_COUNT);
    }

    /** @param each random queues that one seed is good for, so that as many queues are seen as seeds are asked for */
    static void forEachOf(int each, Property property) {
        if (Integer.getInteger("seeds") == null) {
            forEach(property);
        } else {
            Long only = Long.getLong("seed");
            int count = Math.max(DEFAULT_COUNT, Integer.getInteger("seeds") / each);
            for (long seed = only == null ? 0 : only; seed < (only == null ? count : only + 1); seed++) {
                once(seed, property);
            }
        }
    }

    /** @param inEveryBuild fewer seeds than usual, for properties that take long */
    static void forEach(Property property, int inEveryBuild) {
        Long only = Long.getLong("seed");
        if (only != null) {
            once(only, property);
            return;
        }
        int count = Integer.getInteger("seeds", inEveryBuild);
        for (long seed = 0; seed < count; seed++) {
            once(seed, property);
        }
    }

    private static void once(long seed, Property property) {
        try {
            property.check(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "failed with seed " + seed + " (again: -Dseed=" + seed + "): " + failure.getMessage(),
                    failure);
        }
    }
}

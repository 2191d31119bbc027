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

package io.stepyard.simulator.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Where everything that happens by chance in a world comes from: the same seed, the same chances. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Chances of their own, so that one part drawing more does not change what another part draws. */
    Chance split() {
        return new Chance(random.split());
    }

    SplittableRandom random() {
        return random;
    }

    boolean in(double probability) {
        return random.nextDouble() < probability;
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From low to high, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    /** From low to high with more short ones than long ones. */
    Duration mostlyShort(Duration low, Duration high) {
        double ratio = (double) high.toMillis() / Math.max(1, low.toMillis());
        return Duration.ofMillis((long) (low.toMillis() * StrictMath.pow(ratio, random.nextDouble())));
    }

    Duration upTo(Duration high) {
        return Duration.ofMillis(random.nextLong(high.toMillis() + 1));
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

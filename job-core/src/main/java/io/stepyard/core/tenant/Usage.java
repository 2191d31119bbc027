package io.stepyard.core.tenant;

import io.stepyard.scheduler.LiveQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What tenants have used, in core-seconds, forgotten by half in every half-life.
 *
 * @param through the moment up to which everything is counted, and at which the amounts are as they stand here
 * @param coreSeconds by tenant, above 0
 */
public record Usage(Instant through, Map<String, Double> coreSeconds) {

    private static final double HALF_LIFE_SECONDS = LiveQueue.USAGE_HALF_LIFE.toMillis() / 1000.0;
    private static final double DECAY = StrictMath.log(2) / HALF_LIFE_SECONDS;
    /** Less than this is as good as nothing, and keeps the document small. */
    private static final double LEAST_CORE_SECONDS = 1;
    private static final int MAX_TENANTS = 1_000;

    public Usage {
        coreSeconds = Collections.unmodifiableSortedMap(new TreeMap<>(coreSeconds));
    }

    /** Cores that a tenant held for a while. */
    public record Slice(String tenant, double cores, Instant from, Instant to) {}

    public static Usage nothingSince(Instant through) {
        return new Usage(through, Map.of());
    }

    /** At a later moment, with what was held since {@link #through}; what lies before that is counted already. */
    public Usage charged(Instant now, List<Slice> slices) {
        if (now.isBefore(through)) {
            // A clock that went back: nothing is forgotten and nothing counted twice.
            return this;
        }
        Map<String, Double> sums = new TreeMap<>();
        double kept = StrictMath.exp(-DECAY * seconds(through, now));
        coreSeconds.forEach((tenant, used) -> sums.put(tenant, used * kept));
        for (Slice slice : slices) {
            Instant from = slice.from().isBefore(through) ? through : slice.from();
            Instant to = slice.to().isAfter(now) ? now : slice.to();
            if (from.isBefore(to)) {
                double weight = (StrictMath.exp(-DECAY * seconds(to, now))
                        - StrictMath.exp(-DECAY * seconds(from, now)))
                        / DECAY;
                sums.merge(slice.tenant(), slice.cores() * weight, Double::sum);
            }
        }
        return new Usage(now, sums);
    }

    /** Without what is as good as nothing: what is worth storing. */
    Usage trimmed() {
        return new Usage(through,
                coreSeconds.entrySet().stream().filter(entry -> entry.getValue() >= LEAST_CORE_SECONDS)
                        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                        .limit(MAX_TENANTS)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}

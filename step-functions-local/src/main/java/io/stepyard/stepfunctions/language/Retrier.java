package io.stepyard.stepfunctions.language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of Retry.
 *
 * @param errors
 *            the names it takes
 * @param intervalSeconds
 *            the first delay
 * @param maxAttempts
 *            how many retries it allows; 0 for none
 * @param backoffRate
 *            by what each delay grows
 * @param maxDelaySeconds
 *            the longest delay, or null
 * @param fullJitter
 *            whether the delay is drawn between 0 and what was computed
 */
public record Retrier(ErrorMatcher errors, long intervalSeconds, long maxAttempts, double backoffRate,
        @Nullable Long maxDelaySeconds, boolean fullJitter) {
    private static final long DEFAULT_ATTEMPTS = 3;
    private static final double LONGEST_SECONDS = 31_622_400;

    /** Parses the Retry field of a state. */
    public static List<Retrier> parseAll(@Nullable JsonNode retry) {
        List<Retrier> retriers = new ArrayList<>();
        if (retry != null) {
            retry.forEach(entry -> retriers.add(parse(entry)));
        }
        return List.copyOf(retriers);
    }

    private static Retrier parse(JsonNode entry) {
        JsonNode longest = entry.get("MaxDelaySeconds");
        return new Retrier(ErrorMatcher.parse(entry), entry.path("IntervalSeconds").asLong(1),
                entry.path("MaxAttempts").asLong(DEFAULT_ATTEMPTS), entry.path("BackoffRate").asDouble(2.0),
                longest == null ? null : longest.asLong(),
                entry.path("JitterStrategy").asString("NONE").equals("FULL"));
    }

    /** The delay before a retry; {@code retriesSoFar} counts those this entry already allowed. */
    public Duration delay(long retriesSoFar, RandomGenerator random) {
        double seconds = (double) intervalSeconds * Math.pow(backoffRate, (double) retriesSoFar);
        double bounded = Math.min(seconds, maxDelaySeconds == null ? LONGEST_SECONDS : (double) maxDelaySeconds);
        double drawn = fullJitter ? bounded * random.nextDouble() : bounded;
        return Duration.ofMillis(Math.round(drawn * 1000));
    }
}

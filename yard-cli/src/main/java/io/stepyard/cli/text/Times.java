package io.stepyard.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and instants as people read and write them. */
public final class Times {

    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Times() {}

    /** As squeue prints it: {@code 0:07}, {@code 12:30}, {@code 3:00:00}, {@code 2-03:00:00}. */
    public static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        String rest = String.format(Locale.ROOT, "%02d:%02d", seconds / 60 % 60, seconds % 60);
        if (days > 0) {
            return String.format(Locale.ROOT, "%d-%02d:%s", days, hours, rest);
        }
        return hours > 0 ? hours + ":" + rest : rest.startsWith("0") ? rest.substring(1) : rest;
    }

    /** Between two instants; {@code -} when either has not happened. */
    public static String between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "-" : clock(Duration.between(from, to));
    }

    /** With a tenth of a second, for short things: {@code 4.2 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    public static String instant(@Nullable Instant instant) {
        return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Reads {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}, {@code 500ms} and ISO-8601.
     *
     * @throws IllegalArgumentException saying what was found and what is expected
     */
    public static Duration parse(String text) {
        Matcher simple = SIMPLE.matcher(text);
        if (simple.matches()) {
            long amount = Long.parseLong(simple.group(1));
            return switch (simple.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (java.time.format.DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    "Expected a duration such as 30s, 10m, 2h, 1d or PT10M, but found '" + text + "'", unreadable);
        }
    }
}

package io.stepyard.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Durations and instants as people read them. */
public final class Times {

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
}

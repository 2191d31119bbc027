package io.stepyard.model.job;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}, or ISO-8601 ({@code PT10M}). */
public final class DurationText {

    private DurationText() {}

    /** @throws IllegalArgumentException saying what was found and what is expected */
    public static Duration parse(String text) {
        try {
            if (text.startsWith("P")) {
                return Duration.parse(text);
            }
            long amount = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(amount);
                case 'm' -> Duration.ofMinutes(amount);
                case 'h' -> Duration.ofHours(amount);
                case 'd' -> Duration.ofDays(amount);
                default -> throw unreadable(text, null);
            };
        } catch (DateTimeParseException | NumberFormatException | IndexOutOfBoundsException | ArithmeticException e) {
            throw unreadable(text, e);
        }
    }

    /** The shortest form without loss: {@code 90s}, {@code 10m}; ISO-8601 when there are parts of a second or nothing at all. */
    public static String print(Duration duration) {
        if (!duration.equals(Duration.ofSeconds(duration.toSeconds())) || duration.isZero() || duration.isNegative()) {
            return duration.toString();
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Expected a duration such as 30s, 10m, 2h, 1d or PT10M, but found '" + text + "'",
                cause);
    }
}

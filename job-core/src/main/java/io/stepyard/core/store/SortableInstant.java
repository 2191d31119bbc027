package io.stepyard.core.store;

import java.time.Instant;
import java.util.Locale;

/** Instants as text of fixed width that sorts as they do, for the keys of ordered indexes. */
public final class SortableInstant {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SortableInstant() {}

    /**
     * 19 digits: nanoseconds since 1970.
     *
     * @throws IllegalArgumentException when the instant is not from 1970 to 2262
     */
    public static String of(Instant instant) {
        return String.format(Locale.ROOT, "%019d", nanos(instant));
    }

    /** The same as a number. */
    public static long nanos(Instant instant) {
        if (instant.getEpochSecond() < 0 || instant.getEpochSecond() >= Long.MAX_VALUE / NANOS_PER_SECOND) {
            throw new IllegalArgumentException("Expected an instant from 1970 to 2262, but found " + instant);
        }
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}

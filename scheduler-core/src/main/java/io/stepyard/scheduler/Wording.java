package io.stepyard.scheduler;

import io.stepyard.model.resource.MemorySize;
import io.stepyard.model.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Amounts, moments and lengths as people read them in a reason. */
final class Wording {

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private final Amounts amounts;
    private final Instant now;

    Wording(Amounts amounts, Instant now) {
        this.amounts = amounts;
        this.now = now;
    }

    String moment(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        boolean soon = Duration.between(now, at).compareTo(ONE_DAY) < 0;
        return (soon ? TODAY : LATER).format(at.atOffset(ZoneOffset.UTC));
    }

    /** Whole seconds, rounded down: {@code 2h30m}, {@code 40m}, {@code 5s}. */
    static String length(long millis) {
        Duration length = Duration.ofSeconds(millis / 1000);
        StringBuilder text = new StringBuilder();
        append(text, length.toHours(), "h");
        append(text, length.toMinutesPart(), "m");
        append(text, length.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    /** All of it: {@code 4 cores, 8 GiB, 1 gpu}. */
    String all(long[] of) {
        List<String> parts = new ArrayList<>();
        for (int dimension = 0; dimension < of.length; dimension++) {
            if (of[dimension] > 0) {
                parts.add(one(dimension, of[dimension]));
            }
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    /** The dimensions that a quota limits: {@code 8 cores, 16 GiB}. */
    static String quota(@Nullable Resources quota) {
        List<String> parts = new ArrayList<>();
        if (quota != null && quota.cpuMillicores() < PassTerms.Tenant.NO_LIMIT) {
            parts.add(bare(Amounts.CPU, quota.cpuMillicores()) + (quota.cpuMillicores() == 1000 ? " core" : " cores"));
        }
        if (quota != null && quota.memoryMib() < PassTerms.Tenant.NO_LIMIT) {
            parts.add(MemorySize.print(quota.memoryMib()));
        }
        return String.join(", ", parts);
    }

    /** What is missing: {@code 2 of 4 cores and 1 of 1 gpu}. */
    String lacking(long[] need, long[] room) {
        List<String> parts = new ArrayList<>();
        for (int dimension = 0; dimension < need.length; dimension++) {
            long missing = need[dimension] - Math.max(0, Amounts.at(room, dimension));
            if (missing > 0) {
                parts.add(bare(dimension, missing) + " of " + one(dimension, need[dimension])
                        + (dimension == Amounts.MEMORY ? " memory" : ""));
            }
        }
        return String.join(" and ", parts);
    }

    private String one(int dimension, long amount) {
        return switch (dimension) {
            case Amounts.CPU -> bare(dimension, amount) + (amount == 1000 ? " core" : " cores");
            case Amounts.MEMORY -> bare(dimension, amount);
            default -> amount + " " + amounts.extraName(dimension);
        };
    }

    private static String bare(int dimension, long amount) {
        return switch (dimension) {
            case Amounts.CPU -> BigDecimal.valueOf(amount, 3).stripTrailingZeros().toPlainString();
            case Amounts.MEMORY -> MemorySize.print(amount);
            default -> Long.toString(amount);
        };
    }
}

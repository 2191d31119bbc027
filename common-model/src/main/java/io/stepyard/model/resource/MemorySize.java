package io.stepyard.model.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Memory sizes as people write them: {@code 512MiB}, {@code 8GiB}, {@code 1.5 TiB}. Decimal units (GB) are read as what they say. */
public final class MemorySize {

    /** The pattern of the job's JSON Schema; a test holds the two equal. */
    public static final String PATTERN = "^[0-9]{1,12}(\\.[0-9]{1,3})? ?(KiB|MiB|GiB|TiB|KB|MB|GB|TB)$";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final BigDecimal MIB = BigDecimal.valueOf(1024L * 1024L);
    private static final Map<String, Long> BYTES = Map.of("KiB", 1024L, "MiB", 1024L * 1024, "GiB", 1024L * 1024 * 1024,
            "TiB",
            1024L * 1024 * 1024 * 1024, "KB", 1000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

    private MemorySize() {}

    /** Whole mebibytes, rounded up so that a job never gets less than it asked for; empty when the text is no memory size. */
    public static OptionalLong parseMib(String text) {
        if (!FORM.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        int unitAt = text.length() - (text.endsWith("iB") ? 3 : 2);
        BigDecimal amount = new BigDecimal(text.substring(0, unitAt).strip());
        Long factor = BYTES.get(text.substring(unitAt));
        if (factor == null) {
            return OptionalLong.empty();
        }
        return OptionalLong
                .of(amount.multiply(BigDecimal.valueOf(factor)).divide(MIB, 0, RoundingMode.CEILING).longValueExact());
    }

    /** The shortest exact form with at most two decimals: 1536 → {@code 1.5 GiB}. */
    public static String print(long mib) {
        if (mib >= 1024L * 1024 && (mib * 100) % (1024L * 1024) == 0) {
            return scaled(mib, 1024 * 1024) + " TiB";
        }
        if (mib >= 1024 && (mib * 100) % 1024 == 0) {
            return scaled(mib, 1024) + " GiB";
        }
        return String.format(Locale.ROOT, "%d MiB", mib);
    }

    private static String scaled(long mib, long divisor) {
        return BigDecimal.valueOf(mib).divide(BigDecimal.valueOf(divisor), 2, RoundingMode.UNNECESSARY)
                .stripTrailingZeros()
                .toPlainString();
    }
}

package io.stepyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.scheduler.Orders;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The sequences of the RLScheduler tables, to the digits they were printed with. */
class PublishedSequencesTest {

    @Test
    void shouldReproduceEveryRowToItsPrintedDigits() throws IOException {
        List<String> misses = new ArrayList<>();
        int rows = 0;
        for (JsonNode row : Published.expected().get("sequences").get("rows")) {
            String policy = row.get("policy").asString();
            String order = policy.equals("UNI") ? "unicep" : policy.toLowerCase(Locale.ROOT);
            Path log = Published.file(row.get("trace").asString() + ".gz");
            SequenceMode.Result result = SequenceMode.run(log, Orders.named(order), order.equals("sjf"),
                    row.get("backfill").asString().equals("backfill"), SequenceMode.PUBLISHED_STARTS);
            String what = row.get("trace").asString() + " " + row.get("backfill").asString() + " " + policy;
            compare(misses, what + " slowdown", row, "bsld", result.boundedSlowdown());
            compare(misses, what + " slowdown as published", row, "published_bsld", result.boundedSlowdown());
            compare(misses, what + " wait", row, "wait", result.waitSeconds());
            compare(misses, what + " utilisation", row, "util_pub_def", result.utilisation());
            // The table rounded twice: 0.66046 was 0.6605 before it became 0.661.
            compare(misses, what + " utilisation as published", row, "published_util",
                    Math.round(result.utilisation() * 10_000) / 10_000.0);
            compare(misses, what + " utilisation to the end", row, "util_makespan", result.utilisationToEnd());
            rows++;
        }

        System.out.println("figure: sequence rows compared to their printed digits: " + rows);
        assertThat(misses).isEmpty();
        assertThat(rows).isGreaterThan(30);
    }

    private static void compare(List<String> misses, String what, JsonNode row, String field, double found) {
        if (!row.hasNonNull(field)) {
            return;
        }
        BigDecimal printed = new BigDecimal(row.get(field).toString());
        // Half a unit of the last printed digit, and a little for the digit that rounding hides.
        BigDecimal away = printed.subtract(BigDecimal.valueOf(found)).abs();
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-Math.max(printed.scale(), digits(field)));
        if (away.compareTo(unit.multiply(new BigDecimal("0.5001"))) > 0) {
            misses.add(what + ": printed " + printed + ", found "
                    + BigDecimal.valueOf(found).setScale(printed.scale() + 2, RoundingMode.HALF_EVEN));
        }
    }

    /** A number printed as 20.5 stood for 20.50: JSON drops the last zero. */
    private static int digits(String field) {
        return switch (field) {
            case "bsld", "util_pub_def", "util_makespan" -> 4;
            case "published_util" -> 3;
            default -> 2;
        };
    }
}

package io.stepyard.infra;

import java.util.Map;
import software.amazon.awscdk.services.logs.RetentionDays;

/** CloudWatch's closed list of retentions, by days. */
final class Retention {

    private static final Map<Integer, RetentionDays> BY_DAYS = Map.ofEntries(Map.entry(1, RetentionDays.ONE_DAY),
            Map.entry(3, RetentionDays.THREE_DAYS),
            Map.entry(5, RetentionDays.FIVE_DAYS), Map.entry(7, RetentionDays.ONE_WEEK),
            Map.entry(14, RetentionDays.TWO_WEEKS), Map.entry(30, RetentionDays.ONE_MONTH),
            Map.entry(60, RetentionDays.TWO_MONTHS), Map.entry(90, RetentionDays.THREE_MONTHS),
            Map.entry(120, RetentionDays.FOUR_MONTHS),
            Map.entry(150, RetentionDays.FIVE_MONTHS), Map.entry(180, RetentionDays.SIX_MONTHS),
            Map.entry(365, RetentionDays.ONE_YEAR),
            Map.entry(400, RetentionDays.THIRTEEN_MONTHS), Map.entry(545, RetentionDays.EIGHTEEN_MONTHS),
            Map.entry(731, RetentionDays.TWO_YEARS),
            Map.entry(1827, RetentionDays.FIVE_YEARS), Map.entry(3653, RetentionDays.TEN_YEARS));

    private Retention() {}

    static boolean knows(int days) {
        return BY_DAYS.containsKey(days);
    }

    static java.util.List<Integer> known() {
        return BY_DAYS.keySet().stream().sorted().toList();
    }

    static RetentionDays ofDays(int days) {
        RetentionDays retention = BY_DAYS.get(days);
        if (retention == null) {
            throw new BadSettings("logRetentionDays", days, "one of " + known());
        }
        return retention;
    }
}

package io.stepyard.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of several policies side by side, for people. */
final class ComparisonTable {

    private static final List<String> HEADS = List.of("POLICY", "MEAN WAIT s", "P95 WAIT s", "LONGEST s", "SLOWDOWN",
            "BY USER", "UTILISATION", "LOST", "INVERSIONS", "UNSTARTED", "REAL ms");
    private static final int MOST_TENANTS = 12;

    private ComparisonTable() {}

    static String of(List<PolicyResult> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        for (PolicyResult result : results) {
            Metrics metrics = result.metrics();
            rows.add(List.of(result.policy(), number("%.0f", metrics.meanWaitSeconds()),
                    number("%.0f", metrics.p95WaitSeconds()), number("%.0f", metrics.maxWaitSeconds()),
                    number("%.2f", metrics.meanBoundedSlowdown()), number("%.2f", metrics.userSlowdown()),
                    number("%.4f", metrics.utilisation()), number("%.4f", metrics.lossOfCapacity()),
                    Long.toString(result.inversions()), Long.toString(metrics.unstarted()),
                    Long.toString(result.outcome().wallNanos() / 1_000_000)));
        }
        return print(rows);
    }

    /** Slowdown of the tenants with most jobs, by policy. */
    static String tenants(List<PolicyResult> results) {
        Trace trace = results.getFirst().outcome().trace();
        Map<String, Integer> jobs = new TreeMap<>();
        trace.jobs().forEach(job -> jobs.merge(job.user(), 1, Integer::sum));
        List<String> most = jobs.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TENANTS).map(Map.Entry::getKey).toList();
        List<Map<String, Double>> means = results.stream().map(result -> Metrics.byUser(result.outcome())).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> heads = new ArrayList<>(List.of("TENANT", "JOBS"));
        results.forEach(result -> heads.add(result.policy()));
        rows.add(heads);
        for (String tenant : most) {
            List<String> row = new ArrayList<>(List.of(tenant, String.valueOf(jobs.get(tenant))));
            means.forEach(mean -> row.add(number("%.2f", mean.getOrDefault(tenant, Double.NaN))));
            rows.add(row);
        }
        return print(rows);
    }

    private static String number(String form, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, form, value);
    }

    static String print(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String gap = " ".repeat(widths[column] - row.get(column).length());
                line.append(column == 0 ? row.get(column) + gap : "  " + gap + row.get(column));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }
}

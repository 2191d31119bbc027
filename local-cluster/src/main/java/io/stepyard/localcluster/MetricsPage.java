package io.stepyard.localcluster;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The metrics page in the Prometheus text format: capacity and use of one moment, and what became of runs. */
final class MetricsPage {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final long BYTES_PER_MIB = 1024L * 1024;

    private final StringBuilder page = new StringBuilder(2048);

    private MetricsPage() {}

    static String of(Usage usage, Instant now) {
        MetricsPage text = new MetricsPage();
        text.gauge("stepyard_cluster_cpu_capacity_cores", "Cores that runs may hold together.",
                usage.capacity().cores());
        text.gauge("stepyard_cluster_cpu_used_cores", "Cores that live runs hold.", usage.used().cores());
        text.gauge("stepyard_cluster_memory_capacity_bytes", "Memory that runs may hold together.",
                Long.toString(usage.capacity().memoryMib() * BYTES_PER_MIB));
        text.gauge("stepyard_cluster_memory_used_bytes", "Memory that live runs hold.",
                Long.toString(usage.used().memoryMib() * BYTES_PER_MIB));
        text.gauge("stepyard_cluster_sample_timestamp_seconds", "When these numbers were true, since 1970.",
                BigDecimal.valueOf(now.toEpochMilli(), 3).toPlainString());
        text.head("stepyard_cluster_refusals_total", "Submissions refused because they did not fit.", "counter");
        text.page.append("stepyard_cluster_refusals_total ").append(usage.refusals()).append('\n');
        text.head("stepyard_cluster_runs", "Runs that the cluster knows, by state.", "gauge");
        for (Map.Entry<RunState, Long> count : usage.runs().entrySet()) {
            text.page.append(
                    String.format(Locale.ROOT, "stepyard_cluster_runs{state=\"%s\"} %d%n", count.getKey(),
                            count.getValue()));
        }
        return text.page.toString();
    }

    private void gauge(String name, String help, String value) {
        head(name, help, "gauge");
        page.append(name).append(' ').append(value).append('\n');
    }

    private void head(String name, String help, String type) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}

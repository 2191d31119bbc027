package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Nonsense;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A metrics page in the Prometheus text format. Strict: one line that is no metric makes the page nonsense, and so does a metric that
 * is asked for and missing, there twice, NaN, infinite or negative. Missing never means 0.
 */
final class PrometheusPage {

    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*+\")*+\\})?[ \\t]+(\\S+)(?:[ \\t]+-?[0-9]+)?[ \\t]*");
    private static final int MAX_LINES = 100_000;

    /** By name; null where a name is there more than once. */
    private final Map<String, @Nullable String> values;

    private PrometheusPage(Map<String, @Nullable String> values) {
        this.values = values;
    }

    static PrometheusPage parse(String page) {
        Map<String, @Nullable String> values = new HashMap<>();
        String[] lines = page.split("\n", MAX_LINES);
        for (String raw : lines) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw Nonsense.text("a metrics page", line);
            }
            String name = sample.group(1);
            values.put(name, values.containsKey(name) ? null : sample.group(3));
        }
        return new PrometheusPage(values);
    }

    /** The value of a metric that is there once, from 0 to {@code most}. */
    double number(String name, double most) {
        if (!values.containsKey(name)) {
            throw Nonsense.text("the metric " + name, "a page without it");
        }
        String text = values.get(name);
        if (text == null) {
            throw Nonsense.text("the metric " + name + " once", "it several times");
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            throw Nonsense.text("a number for " + name, text);
        }
        // Written so that NaN fails, too.
        if (!(value >= 0 && value <= most)) {
            throw Nonsense.text("a number from 0 to " + most + " for " + name, text);
        }
        return value;
    }
}

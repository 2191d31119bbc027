package io.stepyard.infra;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@link StackSettings} from the context of cdk.json (or {@code -c}); what is not said keeps its default, what is not known is refused. */
public final class SettingsReader {

    private static final Set<String> KEYS = Set.of("name", "tickMinutes", "sweepMinutes", "logRetentionDays",
            "workflow",
            "queueRequest", "scheduler", "adapter");
    private static final Set<String> FUNCTION_KEYS = Set.of("memoryMib", "timeoutSeconds");
    private static final Set<String> WORKFLOW_KEYS = Set.of("executionTimeoutSeconds", "queueTimeoutSeconds",
            "taskTimeoutSeconds", "retryIntervalSeconds", "retryBackoffRate",
            "retryMaxDelaySeconds", "retryMaxAttempts", "logEveryStep");

    private SettingsReader() {}

    /**
     * @param context
     *            the value of the context key {@code stepyard}, null when there is none
     * @throws BadSettings
     *             with one line on the first bad setting
     */
    public static StackSettings read(@Nullable Object context) {
        StackSettings defaults = StackSettings.DEFAULTS;
        if (context == null) {
            return defaults;
        }
        Map<?, ?> values = map("stepyard", context, KEYS);
        return new StackSettings(text(values, "name", defaults.name()),
                Duration.ofMinutes(number(values, "tickMinutes", defaults.tick().toMinutes())),
                Duration.ofMinutes(number(values, "sweepMinutes", defaults.sweep().toMinutes())),
                Math.toIntExact(number(values, "logRetentionDays", defaults.logRetentionDays())),
                workflow(values.get("workflow"), defaults.workflow()),
                function(values, "queueRequest", defaults.queueRequest()),
                function(values, "scheduler", defaults.scheduler()), function(values, "adapter", defaults.adapter()));
    }

    private static FunctionSettings function(Map<?, ?> values, String key, FunctionSettings defaults) {
        Object value = values.get(key);
        if (value == null) {
            return defaults;
        }
        Map<?, ?> function = map(key, value, FUNCTION_KEYS);
        return new FunctionSettings(Math.toIntExact(number(function, "memoryMib", defaults.memoryMib())),
                Duration.ofSeconds(number(function, "timeoutSeconds", defaults.timeout().toSeconds())));
    }

    private static WorkflowSettings workflow(@Nullable Object value, WorkflowSettings defaults) {
        if (value == null) {
            return defaults;
        }
        Map<?, ?> workflow = map("workflow", value, WORKFLOW_KEYS);
        return new WorkflowSettings(seconds(workflow, "executionTimeoutSeconds", defaults.executionTimeout()),
                seconds(workflow, "queueTimeoutSeconds", defaults.queueTimeout()),
                seconds(workflow, "taskTimeoutSeconds", defaults.taskTimeout()),
                seconds(workflow, "retryIntervalSeconds", defaults.retryInterval()),
                decimal(workflow, "retryBackoffRate", defaults.retryBackoffRate()),
                seconds(workflow, "retryMaxDelaySeconds", defaults.retryMaxDelay()),
                Math.toIntExact(number(workflow, "retryMaxAttempts", defaults.retryMaxAttempts())),
                flag(workflow, "logEveryStep", defaults.logEveryStep()));
    }

    private static Duration seconds(Map<?, ?> values, String key, Duration absent) {
        return Duration.ofSeconds(number(values, key, absent.toSeconds()));
    }

    private static Map<?, ?> map(String key, Object value, Set<String> known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadSettings(key, value, "an object");
        }
        for (Object name : map.keySet()) {
            BadSettings.require(known.contains(name), key, "the unknown setting '" + name + "'",
                    "one of " + new TreeSet<>(known));
        }
        return map;
    }

    private static String text(Map<?, ?> values, String key, String absent) {
        Object value = values.get(key);
        return value == null ? absent : value.toString();
    }

    private static long number(Map<?, ?> values, String key, long absent) {
        BigDecimal value = decimal(values, key, BigDecimal.valueOf(absent));
        try {
            return value.intValueExact();
        } catch (ArithmeticException e) {
            throw new BadSettings(key, "'" + value + "'", "a whole number below 2^31");
        }
    }

    private static BigDecimal decimal(Map<?, ?> values, String key, BigDecimal absent) {
        Object value = values.get(key);
        try {
            return value == null ? absent : new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            throw new BadSettings(key, "'" + value + "'", "a number");
        }
    }

    private static boolean flag(Map<?, ?> values, String key, boolean absent) {
        Object value = values.get(key);
        BadSettings.require(value == null || value.toString().matches("true|false"), key, "'" + value + "'",
                "true or false");
        return value == null ? absent : Boolean.parseBoolean(value.toString());
    }
}

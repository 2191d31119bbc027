package io.stepyard.infra;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an operator may set of the job manager (A17, C4); the defaults are those of the local runtime.
 *
 * @param executionTimeout
 *            longest life of a job, at most a year (A37)
 * @param queueTimeout
 *            longest wait for a grant, below the longest life (A6)
 * @param taskTimeout
 *            bound on one function call, above the adapter's own time-out
 * @param retryInterval
 *            first pause before a call is repeated
 * @param retryBackoffRate
 *            factor from pause to pause, at least 1
 * @param retryMaxDelay
 *            longest pause
 * @param retryMaxAttempts
 *            repetitions of one call, 0 to 100
 * @param logEveryStep
 *            whether every step is logged (about 0.7 kB each) or errors only; never with execution data, which holds task tokens (I-13)
 */
public record WorkflowSettings(Duration executionTimeout, Duration queueTimeout, Duration taskTimeout,
        Duration retryInterval, BigDecimal retryBackoffRate,
        Duration retryMaxDelay, int retryMaxAttempts, boolean logEveryStep) {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final int MAX_ATTEMPTS = 100;

    public static final WorkflowSettings DEFAULTS = new WorkflowSettings(YEAR, Duration.ofDays(364),
            Duration.ofMinutes(1), Duration.ofSeconds(1),
            new BigDecimal("2.0"), Duration.ofSeconds(30), 8, false);

    public WorkflowSettings {
        BadSettings.require(wholeSeconds(executionTimeout) && executionTimeout.compareTo(YEAR) <= 0,
                "workflow.executionTimeoutSeconds", executionTimeout, "1 s to 365 days");
        BadSettings.require(wholeSeconds(queueTimeout) && queueTimeout.compareTo(executionTimeout) < 0,
                "workflow.queueTimeoutSeconds", queueTimeout,
                "less than executionTimeoutSeconds, " + executionTimeout.toSeconds());
        BadSettings.require(wholeSeconds(taskTimeout), "workflow.taskTimeoutSeconds", taskTimeout, "at least 1 s");
        BadSettings.require(wholeSeconds(retryInterval), "workflow.retryIntervalSeconds", retryInterval,
                "at least 1 s");
        BadSettings.require(wholeSeconds(retryMaxDelay) && retryMaxDelay.compareTo(retryInterval) > 0,
                "workflow.retryMaxDelaySeconds", retryMaxDelay,
                "more than retryIntervalSeconds, " + retryInterval.toSeconds());
        BadSettings.require(retryBackoffRate.compareTo(BigDecimal.ONE) >= 0, "workflow.retryBackoffRate",
                retryBackoffRate, "at least 1");
        BadSettings.require(retryMaxAttempts >= 0 && retryMaxAttempts <= MAX_ATTEMPTS, "workflow.retryMaxAttempts",
                retryMaxAttempts, "0 to " + MAX_ATTEMPTS);
    }

    /** The numbers that the definition has placeholders for. */
    Map<String, String> numbers() {
        Map<String, String> numbers = new TreeMap<>();
        numbers.put("ExecutionTimeoutSeconds", seconds(executionTimeout));
        numbers.put("QueueTimeoutSeconds", seconds(queueTimeout));
        numbers.put("TaskTimeoutSeconds", seconds(taskTimeout));
        numbers.put("RetryIntervalSeconds", seconds(retryInterval));
        numbers.put("RetryBackoffRate", retryBackoffRate.toPlainString());
        numbers.put("RetryMaxDelaySeconds", seconds(retryMaxDelay));
        numbers.put("RetryMaxAttempts", Integer.toString(retryMaxAttempts));
        return numbers;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static boolean wholeSeconds(Duration duration) {
        return duration.isPositive() && duration.toNanosPart() == 0;
    }
}

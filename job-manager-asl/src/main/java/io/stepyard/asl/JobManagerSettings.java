package io.stepyard.asl;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operator may set of the job manager (A17).
 *
 * @param executionTimeout longest life of a job, queueing and all attempts; a year is Step Functions' own bound (A37)
 * @param queueTimeout longest wait for a grant (A6)
 * @param taskTimeout bound on one function call; above the function's own time-out
 * @param retryInterval first pause before a call is repeated after an infrastructure error
 * @param retryBackoffRate factor from pause to pause, at least 1
 * @param retryMaxDelay longest pause
 * @param retryMaxAttempts repetitions of one call
 */
public record JobManagerSettings(Duration executionTimeout, Duration queueTimeout, Duration taskTimeout,
        Duration retryInterval,
        double retryBackoffRate, Duration retryMaxDelay, int retryMaxAttempts) {

    public static final JobManagerSettings DEFAULT = new JobManagerSettings(Duration.ofDays(365), Duration.ofDays(364),
            Duration.ofSeconds(60), Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 8);

    /** The values of the placeholders of {@link JobManagerDefinition#template()}. */
    public Map<String, String> values(String queueRequestFunction, String clusterAdapterFunction) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("JobQueueRequestFunction", queueRequestFunction);
        values.put("ClusterAdapterFunction", clusterAdapterFunction);
        values.put("ExecutionTimeoutSeconds", Long.toString(executionTimeout.toSeconds()));
        values.put("QueueTimeoutSeconds", Long.toString(queueTimeout.toSeconds()));
        values.put("TaskTimeoutSeconds", Long.toString(taskTimeout.toSeconds()));
        values.put("RetryIntervalSeconds", Long.toString(retryInterval.toSeconds()));
        values.put("RetryBackoffRate", Double.toString(retryBackoffRate));
        values.put("RetryMaxDelaySeconds", Long.toString(retryMaxDelay.toSeconds()));
        values.put("RetryMaxAttempts", Integer.toString(retryMaxAttempts));
        return values;
    }
}

package io.stepyard.model.job;

import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one job asks for: the job JSON after validation, in the product's own units.
 *
 * @param name what people call the job; need not be unique
 * @param tenant owner of the job and of a share
 * @param priority 0 to {@value #MAX_PRIORITY}, higher first
 * @param resources what one attempt holds while it runs
 * @param timeLimit longest run time of one attempt
 * @param clusters clusters the job may run on; empty means any
 * @param labels labels a cluster must carry, all of them
 * @param run what is run
 * @param environment environment variables of the run
 * @param retry when a failed attempt is followed by another
 * @param attributes further attributes, kept as they came and handed to the scheduling policy (A19)
 */
public record JobSpec(String name, String tenant, int priority, Resources resources, Duration timeLimit,
        Set<String> clusters,
        Map<String, String> labels, RunSpec run, Map<String, String> environment, RetryPolicy retry,
        Map<String, Object> attributes) {

    public static final int SCHEMA_VERSION = 1;
    public static final int MAX_PRIORITY = 9999;
    public static final int DEFAULT_PRIORITY = 1000;
    public static final String DEFAULT_TENANT = "default";
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofHours(1);

    public JobSpec {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "Expected a priority from 0 to " + MAX_PRIORITY + ", but found " + priority);
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("Expected a time limit above 0, but found " + timeLimit);
        }
        if (resources.cpuMillicores() == 0 || resources.memoryMib() == 0) {
            throw new IllegalArgumentException("Expected cpu and memory above 0, but found " + resources);
        }
        clusters = Collections.unmodifiableSortedSet(new TreeSet<>(clusters));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The same job with another priority. */
    public JobSpec withPriority(int changed) {
        return new JobSpec(name, tenant, changed, resources, timeLimit, clusters, labels, run, environment, retry,
                attributes);
    }

    /** Whether the job's own words allow it on a cluster of this name and these labels; capacity is another question. */
    public boolean allows(String cluster, Map<String, String> clusterLabels) {
        return (clusters.isEmpty() || clusters.contains(cluster))
                && labels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(clusterLabels.get(label.getKey())));
    }
}

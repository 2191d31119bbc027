package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job in the queue, as a pass sees it.
 *
 * @param enqueuedAt when it joined the queue this time
 * @param clusters clusters it may run on; empty means any
 * @param labels labels its cluster must carry
 * @param notOn clusters it must not run on, for instance after a failure there
 * @param attributes whatever else the job carried (A19)
 * @param options what most jobs leave alone
 */
public record WaitingJob(String jobId, int priority, Instant enqueuedAt, Resources resources, Duration timeLimit,
        String tenant, Set<String> clusters, Map<String, String> labels, Set<String> notOn,
        Map<String, Object> attributes, Options options) {

    public WaitingJob {
        clusters = Set.copyOf(clusters);
        labels = Map.copyOf(labels);
        notOn = Set.copyOf(notOn);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException(
                    "Expected a time limit above zero, but found " + timeLimit + " in job " + jobId);
        }
    }

    public WaitingJob(String jobId, int priority, Instant enqueuedAt, Resources resources, Duration timeLimit,
            String tenant, Set<String> clusters, Map<String, String> labels, Set<String> notOn,
            Map<String, Object> attributes) {
        this(jobId, priority, enqueuedAt, resources, timeLimit, tenant, clusters, labels, notOn, attributes,
                Options.NONE);
    }

    public WaitingJob withOptions(Options changed) {
        return new WaitingJob(jobId, priority, enqueuedAt, resources, timeLimit, tenant, clusters, labels, notOn,
                attributes,
                changed);
    }

    /** How long it is expected to run: the prediction when there is one, else the time limit. */
    Duration plannedRun() {
        Duration expected = options.expectedRun();
        return expected == null ? timeLimit : expected;
    }

    /**
     * What most jobs leave alone.
     *
     * @param extras further dimensions it asks for, by name: {@code gpu}, {@code licence-x}
     * @param preferredLabels labels that draw it to a cluster without binding it
     * @param held a tenant or an operator asked not to start it
     * @param expectedRun predicted run time; moves planned starts only and never ends a job; null means the time limit
     */
    public record Options(Map<String, Long> extras, Map<String, String> preferredLabels, boolean held,
            @Nullable Duration expectedRun) {

        public static final Options NONE = new Options(Map.of(), Map.of(), false, null);

        public Options {
            extras = Map.copyOf(extras);
            preferredLabels = Map.copyOf(preferredLabels);
            extras.forEach((name, amount) -> {
                if (amount < 0) {
                    throw new IllegalArgumentException("Expected 0 or more of " + name + ", but found " + amount);
                }
            });
        }

        public Options held(boolean value) {
            return new Options(extras, preferredLabels, value, expectedRun);
        }

        public Options expecting(Duration run) {
            return new Options(extras, preferredLabels, held, run);
        }
    }
}

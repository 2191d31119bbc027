package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.util.Map;
import java.util.Set;

/** What decides where a job can run, and nothing else: two jobs of equal demand fit, and fail to fit, alike. */
record Demand(Resources resources, Map<String, Long> extras, Set<String> clusters, Map<String, String> labels,
        Set<String> notOn, Map<String, String> preferredLabels) {

    static Demand of(WaitingJob job) {
        return new Demand(job.resources(), job.options().extras(), job.clusters(), job.labels(), job.notOn(),
                job.options().preferredLabels());
    }

    boolean allows(ClusterSnapshot cluster) {
        return (clusters.isEmpty() || cluster.isIn(clusters)) && !cluster.isIn(notOn);
    }
}

package io.stepyard.core.job;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a job could ever run on what is registered, however long it waited. */
public final class Fit {

    private Fit() {}

    /**
     * Why no registered cluster could ever run the job; empty when one could. A cluster whose size is not known yet may fit, and
     * without any cluster nothing can be said.
     */
    public static Optional<String> whyNowhere(JobSpec spec, List<ClusterRecord> clusters) {
        if (clusters.isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = clusters.stream().map(ClusterRecord::name).collect(Collectors.toSet());
        List<String> unknown = spec.clusters().stream().filter(name -> !names.contains(name)).toList();
        if (!unknown.isEmpty()) {
            return Optional
                    .of("No cluster is registered as " + String.join(", ", unknown) + " (/clusters); registered are "
                            + names.stream().sorted().collect(Collectors.joining(", ")));
        }
        List<String> reasons = new ArrayList<>();
        for (ClusterRecord cluster : clusters) {
            Optional<String> reason = whyNot(spec, cluster);
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(cluster.name() + ": " + reason.get());
        }
        return Optional.of("No registered cluster could ever run the job, which asks for " + spec.resources() + ".\n"
                + String.join("\n", reasons));
    }

    /** Why this cluster could never run the job; empty when it could, were it free. */
    public static Optional<String> whyNot(JobSpec spec, ClusterRecord cluster) {
        if (!spec.clusters().isEmpty() && !spec.clusters().contains(cluster.name())) {
            return Optional.of("the job does not allow it (/clusters)");
        }
        if (!spec.allows(cluster.name(), cluster.labels())) {
            return Optional.of("it does not carry the labels " + spec.labels() + " (/labels), but " + cluster.labels());
        }
        if (!ClusterKind.runs(cluster.kind(), spec.run())) {
            return Optional.of("it is a cluster of kind " + cluster.kind() + ", which cannot run a "
                    + spec.run().kind() + " (/run/kind)");
        }
        Resources capacity = cluster.capacity();
        if (capacity.isNone() || spec.resources().fitsWithin(capacity)) {
            return Optional.empty();
        }
        return Optional.of("it has " + capacity + " in all");
    }
}

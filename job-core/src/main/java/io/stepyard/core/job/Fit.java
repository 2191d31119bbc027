package io.stepyard.core.job;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        Optional<Fault> unknown = unknownClusters(spec, clusters);
        if (unknown.isPresent()) {
            return unknown.map(fault -> "The job names clusters that nobody knows.\n" + fault);
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

    /** The fault of a job that names clusters which are not registered; nothing can be said while there is none at all. */
    public static Optional<Fault> unknownClusters(JobSpec spec, List<ClusterRecord> clusters) {
        Set<String> names = clusters.stream().map(ClusterRecord::name).collect(Collectors.toCollection(TreeSet::new));
        String unknown = spec.clusters().stream().filter(name -> !names.contains(name))
                .collect(Collectors.joining(", "));
        return names.isEmpty() || unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault("/clusters", unknown, "registered clusters: " + String.join(", ", names)));
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

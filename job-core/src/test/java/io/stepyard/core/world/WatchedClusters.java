package io.stepyard.core.world;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Clusters whose calls a test can see, get in between of, or answer in the cluster's place. */
public final class WatchedClusters implements ClusterGateway {

    private final ClusterGateway clusters;
    private final Deque<Runnable> beforeSubmit = new ArrayDeque<>();
    private final Deque<Observation> observations = new ArrayDeque<>();
    private final Map<String, UnaryOperator<ClusterSample>> samples = new HashMap<>();
    private int submissions;
    private boolean refuse;

    WatchedClusters(ClusterGateway clusters) {
        this.clusters = clusters;
    }

    /** Happens while the next submission is on its way. */
    public void beforeNextSubmit(Runnable other) {
        beforeSubmit.add(other);
    }

    /** The answer to the next observation, whatever the cluster would say. */
    public void observeNext(Observation observation) {
        observations.add(observation);
    }

    /** The next submission is refused, whether the cluster has the attempt or not. */
    public void refuseNext() {
        refuse = true;
    }

    /** Changes what a cluster says of itself. */
    public void sample(String cluster, UnaryOperator<ClusterSample> change) {
        samples.put(cluster, change);
    }

    /** How many submissions were made, repetitions included. */
    public int submissions() {
        return submissions;
    }

    @Override
    public SubmitOutcome submit(ClusterRecord cluster, Submission submission) {
        submissions++;
        Runnable other = beforeSubmit.poll();
        if (other != null) {
            other.run();
        }
        if (refuse) {
            refuse = false;
            return new SubmitOutcome.Refused("BUSY", "The cluster takes nothing now");
        }
        return clusters.submit(cluster, submission);
    }

    @Override
    public Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        Observation prepared = observations.poll();
        return prepared == null ? clusters.observe(cluster, key, clusterJobId) : prepared;
    }

    @Override
    public void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        clusters.cancel(cluster, key, clusterJobId);
    }

    @Override
    public String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return clusters.errorOutput(cluster, key, clusterJobId, maxBytes);
    }

    @Override
    public String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return clusters.output(cluster, key, clusterJobId, maxBytes);
    }

    @Override
    public ClusterSample sample(ClusterRecord cluster) {
        return samples.getOrDefault(cluster.name(), UnaryOperator.identity()).apply(clusters.sample(cluster));
    }
}

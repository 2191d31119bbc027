package io.stepyard.clusters;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All kinds of clusters as one gateway. A cluster of an unknown kind is unavailable: nothing is sent, and the message says why. */
public final class AdapterGateway implements ClusterGateway {

    private final Map<String, ClusterAdapter> byKind = new TreeMap<>();

    private final Function<ClusterRecord, Optional<ClusterSample>> metricsElsewhere;

    /** @throws IllegalArgumentException when two adapters serve the same kind */
    public AdapterGateway(Collection<? extends ClusterAdapter> adapters) {
        this(adapters, _ -> Optional.empty());
    }

    /**
     * @param metricsElsewhere live metrics of clusters whose metrics do not come from the cluster itself
     * @throws IllegalArgumentException when two adapters serve the same kind
     */
    public AdapterGateway(Collection<? extends ClusterAdapter> adapters,
            Function<ClusterRecord, Optional<ClusterSample>> metricsElsewhere) {
        this.metricsElsewhere = metricsElsewhere;
        for (ClusterAdapter adapter : adapters) {
            if (byKind.put(adapter.kind(), adapter) != null) {
                throw new IllegalArgumentException(
                        "Expected one adapter for kind " + adapter.kind() + ", but found two");
            }
        }
    }

    private ClusterAdapter adapterOf(ClusterRecord cluster) {
        ClusterAdapter adapter = byKind.get(cluster.kind());
        if (adapter == null) {
            throw new ClusterUnavailable(ClusterUnavailable.Kind.NOT_SENT, "cluster " + cluster.name()
                    + ": expected a kind among " + byKind.keySet() + ", but found '" + cluster.kind() + "'", null);
        }
        return adapter;
    }

    /** The cluster's feed of ends, where its kind has one. */
    public Optional<ChangeFeed> changeFeed(ClusterRecord cluster) {
        return adapterOf(cluster) instanceof ChangeFeed feed ? Optional.of(feed) : Optional.empty();
    }

    /** Bulk observation, where the cluster's kind has it. */
    public Optional<BulkObserve> bulkObserve(ClusterRecord cluster) {
        return adapterOf(cluster) instanceof BulkObserve bulk ? Optional.of(bulk) : Optional.empty();
    }

    @Override
    public SubmitOutcome submit(ClusterRecord cluster, Submission submission) {
        return adapterOf(cluster).submit(cluster, submission);
    }

    @Override
    public Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        return adapterOf(cluster).observe(cluster, key, clusterJobId);
    }

    @Override
    public void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        adapterOf(cluster).cancel(cluster, key, clusterJobId);
    }

    @Override
    public String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return adapterOf(cluster).errorOutput(cluster, key, clusterJobId, maxBytes);
    }

    @Override
    public String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return adapterOf(cluster).output(cluster, key, clusterJobId, maxBytes);
    }

    @Override
    public ClusterSample sample(ClusterRecord cluster) {
        return metricsElsewhere.apply(cluster).orElseGet(() -> adapterOf(cluster).sample(cluster));
    }
}

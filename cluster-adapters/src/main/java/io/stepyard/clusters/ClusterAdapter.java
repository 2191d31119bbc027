package io.stepyard.clusters;

import io.stepyard.core.cluster.ClusterGateway;

/**
 * How one kind of cluster is spoken to. The methods and their promises are those of {@link ClusterGateway}; they are called with
 * clusters of this kind only. What a kind can do beyond that it says by implementing {@link ChangeFeed} or {@link BulkObserve}.
 * An adapter keeps no state about jobs and reads no clock to decide anything.
 */
public interface ClusterAdapter extends ClusterGateway {

    /** The value of a cluster's kind that this adapter serves, for instance {@code http}. */
    String kind();
}

package io.stepyard.clusters;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.ClusterRecord;
import java.util.Map;

/** An optional ability: all attempts that a cluster has not ended, in a few calls however many there are. */
public interface BulkObserve {

    /**
     * Live attempts by key. A key that is missing has ended or is unknown: that one is to be observed by itself.
     *
     * @throws ClusterUnavailable when the cluster gave no usable answer
     */
    Map<String, Observation> live(ClusterRecord cluster);
}

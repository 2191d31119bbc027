package io.stepyard.clusters;

import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.http.HttpClusterAdapter;
import io.stepyard.clusters.prometheus.PrometheusMetrics;
import io.stepyard.clusters.slurm.SlurmClusterAdapter;
import java.time.InstantSource;
import java.util.List;

/** Every kind of cluster that there is an adapter for. */
public final class ClusterAdapters {

    private ClusterAdapters() {}

    /**
     * @param calls carries all adapters' requests; closed by whoever made it
     * @param clock says when a sample was taken, where the cluster does not
     */
    public static AdapterGateway all(ClusterCalls calls, InstantSource clock) {
        return new AdapterGateway(List.of(new HttpClusterAdapter(calls), new SlurmClusterAdapter(calls, clock)),
                new PrometheusMetrics(calls)::sample);
    }
}

package io.stepyard.local;

import io.stepyard.core.scheduling.TendClusters;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.store.embedded.EmbeddedStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clusters that the clusters file named once and names no more. One without jobs is taken away at once. One that jobs still hold is
 * drained and kept running until the last of them has ended; then it goes, too.
 */
final class DroppedClusters {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedClusters.class);
    private static final String ACTOR = "clusters-file";

    private final EmbeddedStore store;
    private final TendClusters tend;
    private final Set<String> leaving = new HashSet<>();

    DroppedClusters(EmbeddedStore store, TendClusters tend) {
        this.store = store;
        this.tend = tend;
    }

    /** Takes away what can go, and gives the rest to be started once more. */
    synchronized List<ClusterPlan> begin(List<ClusterPlan> named) {
        Set<String> names = new HashSet<>();
        named.forEach(plan -> names.add(plan.name()));
        List<ClusterPlan> kept = new ArrayList<>();
        for (ClusterRecord cluster : store.clusters()) {
            boolean isDropped = cluster.origin() == ClusterRecord.Origin.CLUSTERS_FILE
                    && !names.contains(cluster.name());
            if (isDropped && tend.remove(cluster.name(), false, ACTOR) instanceof TendClusters.Removal.InUse used) {
                LOG.warn("Cluster {} is no longer in the clusters file, but {} jobs hold resources there: it is drained"
                        + " and goes when they have ended", cluster.name(), used.count());
                tend.drain(cluster.name(), "no longer in the clusters file");
                leaving.add(cluster.name());
                // Any free port: the file may have given the old one to another cluster.
                kept.add(new ClusterPlan(cluster.name(), cluster.capacity(), 0, cluster.labels()));
            }
        }
        return kept;
    }

    /** @param stop ends the process of a cluster that is gone */
    synchronized void leave(Consumer<String> stop) {
        leaving.removeIf(name -> switch (tend.remove(name, false, ACTOR)) {
            case TendClusters.Removal.InUse _ -> false;
            case TendClusters.Removal.Removed _,TendClusters.Removal.Unknown _ -> {
                stop.accept(name);
                yield true;
            }
        });
    }
}

package io.stepyard.core.scheduling;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a cluster known, or known at another address; its ledger, its drain and what was seen of it stay. */
public final class RegisterCluster {

    private static final int MAX_ROUNDS = 10;

    private final JobStore store;
    private final ClusterStore clusters;

    public RegisterCluster(JobStore store, ClusterStore clusters) {
        this.store = store;
        this.clusters = clusters;
    }

    /**
     * @param capacity the registered size, or {@link Resources#NONE} to learn it from the cluster
     * @throws IllegalStateException when others kept changing the cluster
     */
    public void register(String name, String kind, URI endpoint, Resources capacity, Map<String, String> labels) {
        register(name, kind, endpoint, capacity, labels, Map.of());
    }

    /**
     * The same with what the kind of adapter wants to know beyond the address.
     *
     * @throws IllegalStateException when others kept changing the cluster
     */
    public void register(String name, String kind, URI endpoint, Resources capacity, Map<String, String> labels,
            Map<String, String> options) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<ClusterRecord> known = clusters.cluster(name);
            StoreWrite write = known.isEmpty()
                    ? new StoreWrite.InsertCluster(
                            new ClusterRecord(name, 1, kind, endpoint, capacity, labels, options, false, null,
                                    Resources.NONE, ClusterRecord.Health.NEVER_CHECKED))
                    : new StoreWrite.ReplaceCluster(changed(known.get(), kind, endpoint, capacity, labels, options));
            if (store.commit(List.of(write)).isCommitted()) {
                return;
            }
        }
        throw new IllegalStateException("Expected to register cluster " + name + ", but others kept changing it");
    }

    private static ClusterRecord changed(ClusterRecord known, String kind, URI endpoint, Resources capacity,
            Map<String, String> labels, Map<String, String> options) {
        Resources size = capacity.isNone() ? known.capacity() : capacity;
        return new ClusterRecord(known.name(), known.version() + 1, kind, endpoint, size, labels, options,
                known.drained(),
                known.drainReason(),
                known.reserved(), known.health());
    }
}

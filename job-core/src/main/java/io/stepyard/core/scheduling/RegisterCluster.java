package io.stepyard.core.scheduling;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterRecord.Origin;
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
        register(name, kind, endpoint, capacity, labels, Map.of(), Origin.OPERATOR);
    }

    /**
     * The same with what the kind of adapter wants to know beyond the address.
     *
     * @throws IllegalStateException when others kept changing the cluster
     */
    public void register(String name, String kind, URI endpoint, Resources capacity, Map<String, String> labels,
            Map<String, String> options) {
        register(name, kind, endpoint, capacity, labels, options, Origin.OPERATOR);
    }

    /**
     * The same on behalf of somebody.
     *
     * @throws IllegalStateException when others kept changing the cluster
     */
    public void register(String name, String kind, URI endpoint, Resources capacity, Map<String, String> labels,
            Map<String, String> options, Origin origin) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<ClusterRecord> known = clusters.cluster(name);
            StoreWrite write = known.isEmpty()
                    ? new StoreWrite.InsertCluster(
                            new ClusterRecord(name, 1, kind, endpoint, capacity, labels, options, false, null,
                                    Resources.NONE, ClusterRecord.Health.NEVER_CHECKED, List.of(), origin))
                    : new StoreWrite.ReplaceCluster(known.get().registered(kind, endpoint,
                            capacity.isNone() ? known.get().capacity() : capacity, labels, options, origin));
            if (store.commit(List.of(write)).isCommitted()) {
                return;
            }
        }
        throw new IllegalStateException("Expected to register cluster " + name + ", but others kept changing it");
    }
}

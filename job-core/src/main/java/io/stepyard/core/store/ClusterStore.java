package io.stepyard.core.store;

import java.util.List;
import java.util.Optional;

/** The port to registered clusters, ordered by name. Consistent reads. They are written through {@link JobStore#commit}. */
public interface ClusterStore {

    List<ClusterRecord> clusters();

    Optional<ClusterRecord> cluster(String name);
}

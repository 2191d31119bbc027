package io.stepyard.contracts;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.resource.Resources;
import java.util.List;

/** The three ports of one empty store. */
public record StoreUnderTest(JobStore jobs, ClusterStore clusters, LeaseStore leases) {

    /** A store that is one object. */
    public static <S extends JobStore & ClusterStore & LeaseStore> StoreUnderTest of(S store) {
        return new StoreUnderTest(store, store, store);
    }

    CommitResult commit(StoreWrite... writes) {
        return jobs.commit(List.of(writes));
    }

    /** For what a test needs before it starts. */
    void given(StoreWrite... writes) {
        CommitResult result = commit(writes);
        if (!result.isCommitted()) {
            throw new AssertionError("Expected the given rows to be written, but found " + result);
        }
    }

    JobRun run(String jobId) {
        return jobs.run(jobId).orElseThrow(() -> new AssertionError("Expected a run " + jobId + ", but found none"));
    }

    ClusterRecord cluster(String name) {
        return clusters.cluster(name)
                .orElseThrow(() -> new AssertionError("Expected a cluster " + name + ", but found none"));
    }

    Resources reserved(String cluster) {
        return cluster(cluster).reserved();
    }
}

package io.stepyard.core.store;

import io.stepyard.model.resource.Resources;

/**
 * One conditional write of a transaction. Each names what it expects to find; when one does not find it, none happens.
 * Two writes of one transaction never name the same row.
 */
public sealed interface StoreWrite {

    /** A new job. Expects no row of that jobId. {@code run.version()} is 1. */
    record InsertRun(JobRun run) implements StoreWrite {}

    /** The job's next state. Expects the stored version to be {@code run.version() - 1}. */
    record ReplaceRun(JobRun run) implements StoreWrite {}

    /** The job joins the queue. Expects no queue row of that jobId and priority. */
    record InsertQueueRow(QueueRow row) implements StoreWrite {}

    /** The waiting row with a newer token. Expects the row of that jobId and priority to be there. */
    record ReplaceQueueRow(QueueRow row) implements StoreWrite {}

    /** The job leaves the queue. Expects the row to be there. */
    record DeleteQueueRow(String jobId, int priority) implements StoreWrite {}

    /**
     * Ledger up. Expects the cluster, not drained, with {@code reserved + amount <= limit} in every dimension.
     *
     * @param limit usually the cluster's capacity
     */
    record Reserve(String cluster, Resources amount, Resources limit) implements StoreWrite {}

    /** Ledger down. Expects the cluster with at least {@code amount} reserved. */
    record Release(String cluster, Resources amount) implements StoreWrite {}

    /** Fencing: expects the lease to have this epoch still. Changes nothing. */
    record CheckLease(String lease, long epoch) implements StoreWrite {}

    /** A new cluster. Expects no cluster of that name. {@code cluster.version()} is 1 and its ledger is empty. */
    record InsertCluster(ClusterRecord cluster) implements StoreWrite {}

    /**
     * Everything of a cluster but its ledger, which stays as stored. Expects the stored version to be {@code cluster.version() - 1}.
     */
    record ReplaceCluster(ClusterRecord cluster) implements StoreWrite {}

    /** Takes a cluster away. Expects it with an empty ledger and this version. */
    record DeleteCluster(String name, long version) implements StoreWrite {}

    /** A document's next text. Expects the stored version to be {@code document.version() - 1}, and none before version 1. */
    record PutDocument(Document document) implements StoreWrite {}
}

package io.stepyard.scheduler;

/** Resources that a running job holds, until when as far as anybody knows. */
final class Holding {

    final String jobId;
    final ClusterState cluster;
    final long[] amounts;
    final String tenant;
    private long endMillis;

    Holding(String jobId, ClusterState cluster, long[] amounts, String tenant, long endMillis) {
        this.jobId = jobId;
        this.cluster = cluster;
        this.amounts = amounts;
        this.tenant = tenant;
        this.endMillis = endMillis;
    }

    long endMillis() {
        return endMillis;
    }

    void endMillis(long changed) {
        endMillis = changed;
    }
}

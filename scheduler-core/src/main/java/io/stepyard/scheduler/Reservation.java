package io.stepyard.scheduler;

/** Room kept for the first job that cannot start: where, from when, and what is left beside it then. */
final class Reservation {

    private final String jobId;
    private final ClusterState cluster;
    private final long startMillis;
    private long[] extra;

    /** @param extra what will be free at the start beside what the job needs */
    Reservation(String jobId, ClusterState cluster, long startMillis, long[] extra) {
        this.jobId = jobId;
        this.cluster = cluster;
        this.startMillis = startMillis;
        this.extra = extra;
    }

    String jobId() {
        return jobId;
    }

    ClusterState cluster() {
        return cluster;
    }

    long startMillis() {
        return startMillis;
    }

    long[] extra() {
        return extra;
    }

    /** Whether a job that has room now leaves the reservation as it is: it ends before, or takes what is left beside it. */
    boolean allows(ClusterState other, JobGroup group, long now) {
        return other != cluster || now + group.runMillis <= startMillis || Amounts.fits(group.need, extra);
    }

    void take(long[] need) {
        extra = Amounts.subtract(extra, need);
    }
}

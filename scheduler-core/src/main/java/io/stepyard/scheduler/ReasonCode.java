package io.stepyard.scheduler;

/** The closed set of reasons, configuration faults first: what somebody must mend ranks above what time will mend. */
public enum ReasonCode {
    /** No cluster is registered at all. */
    NO_CLUSTERS(Category.CONFIGURATION),
    /** The job names clusters, and this one is not among them. */
    CLUSTER_NOT_ALLOWED(Category.CONFIGURATION),
    /** The cluster lacks a label the job asks for. */
    LABELS(Category.CONFIGURATION),
    /** The job asks for more than the whole cluster, or its tenant's whole quota, has: no waiting helps. */
    TOO_LARGE(Category.CONFIGURATION),
    /** The cluster drains. */
    DRAINED(Category.CLUSTER),
    /** The cluster does not answer. */
    UNREACHABLE(Category.CLUSTER),
    /** The cluster's metrics are missing, stale or absurd. */
    NO_METRICS(Category.CLUSTER),
    /** The job must not run there, for instance after a failure on that cluster. */
    EXCLUDED(Category.CLUSTER),
    /** The job could not end before a maintenance window begins, or the window is open. */
    MAINTENANCE(Category.CLUSTER),
    /** The tenant holds as much as it may. */
    QUOTA(Category.CAPACITY),
    /** There is no room now. */
    RESOURCES(Category.CAPACITY),
    /** There is room, but it is kept for a job that comes first. */
    PRIORITY(Category.CAPACITY),
    /** A tenant or an operator asked not to start the job. */
    HELD(Category.QUEUE),
    /** The job holds resources already; it must not run twice. */
    ALREADY_RUNNING(Category.QUEUE),
    /** The pass ended before it came to this job. */
    NOT_EXAMINED(Category.QUEUE);

    private final Category category;

    ReasonCode(Category category) {
        this.category = category;
    }

    public String category() {
        return category.name();
    }

    Category kind() {
        return category;
    }

    /** Who can change it: whoever wrote the job or the registration, an operator, time, or the queue itself. */
    enum Category {
        CONFIGURATION, CLUSTER, CAPACITY, QUEUE
    }
}

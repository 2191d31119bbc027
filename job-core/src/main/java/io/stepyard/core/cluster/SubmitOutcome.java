package io.stepyard.core.cluster;

/** What a cluster said to a submission. */
public sealed interface SubmitOutcome {

    /** Code of the refusal of a key that was cancelled before its first submission came. */
    String CANCELLED = "CANCELLED";

    /** The cluster has the attempt, now or since an earlier submission under the same key. */
    record Accepted(String clusterJobId) implements SubmitOutcome {}

    /**
     * The cluster will not take it: too large, not allowed, malformed.
     *
     * @param code short machine word, for instance {@code OVER_CAPACITY}
     */
    record Refused(String code, String message) implements SubmitOutcome {}
}

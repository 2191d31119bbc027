package io.stepyard.core.cluster;

import io.stepyard.core.store.ClusterRecord;
import org.jspecify.annotations.Nullable;

/**
 * The port to clusters. Every call may be repeated: an attempt is named by its key, and a submission under a key that the cluster
 * knows already starts nothing. A call throws {@link ClusterUnavailable} when the cluster gave no usable answer; that says nothing
 * about the job. Calls end within a bounded time. Only the adapter function and the scheduler's metrics look use it (A8).
 */
public interface ClusterGateway {

    SubmitOutcome submit(ClusterRecord cluster, Submission submission);

    /** @param clusterJobId the cluster's own id where it is known; the key is enough for clusters that keep it */
    Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId);

    /**
     * Asks for the end of an attempt. Idempotent; an attempt that is unknown or over is no error. The end is seen by observing. When this
     * returns for an unknown key, a submission that reaches the cluster under it later is refused with {@link SubmitOutcome#CANCELLED}
     * (I-8): a network may deliver a submission long after its time-out. A kind of cluster that cannot remember such keys says so in its
     * contract's test (ability {@code CLOSES_UNKNOWN_KEYS}).
     */
    void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId);

    /** The last {@code maxBytes} bytes of the attempt's error output, as UTF-8; empty when there is none. */
    String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes);

    /** Output (stdout) likewise. */
    String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes);

    /** Live metrics, as the cluster gives them; nonsense (NaN, negative, missing) is thrown as {@link ClusterUnavailable}. */
    ClusterSample sample(ClusterRecord cluster);
}

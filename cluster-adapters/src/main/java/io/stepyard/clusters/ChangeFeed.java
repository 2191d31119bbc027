package io.stepyard.clusters;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.ClusterRecord;
import java.time.Duration;
import java.util.List;

/** An optional ability: the cluster tells which attempts have ended, as soon as one has. A hint for speed; observing is the truth. */
public interface ChangeFeed {

    /** An attempt that ended. */
    record Ended(String key, String clusterJobId, Observation observation) {}

    /**
     * @param next what to ask after the next time
     * @param ended oldest end first
     * @param truncated some ends before the first of these are no longer in the feed; their attempts have to be observed
     */
    record Changes(long next, List<Ended> ended, boolean truncated) {
        public Changes {
            ended = List.copyOf(ended);
        }
    }

    /**
     * What ended after {@code since}. Returns at once when there is something, otherwise after {@code wait} at the latest with nothing.
     *
     * @param since 0 for everything that is still known, or {@link Changes#next()}; a number that the cluster never gave counts as 0
     * @throws ClusterUnavailable when the cluster gave no usable answer
     */
    Changes changes(ClusterRecord cluster, long since, Duration wait);
}

package io.stepyard.core.store;

import io.stepyard.model.job.Failure;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a job on one cluster. A job has at most one that is not final.
 *
 * @param number 1 for the first
 * @param cluster where
 * @param resources what it holds of the cluster's ledger until it is final
 * @param grantId names this grant; a start that carries another one is refused
 * @param epoch lease epoch of the scheduler that granted it
 * @param clusterJobId the cluster's own id, once it is known
 * @param startedAt when the cluster started it, by the cluster's word
 * @param endedAt when it ended, by the cluster's word where there is one
 */
public record Attempt(int number, String cluster, Resources resources, String grantId, long epoch, AttemptState state,
        Instant grantedAt, @Nullable String clusterJobId, @Nullable Instant startedAt, @Nullable Instant endedAt,
        @Nullable Failure failure) {

    /** How long it has held its reservation: from its grant to its end, up to {@code now} before that. */
    public Duration heldFor(Instant now) {
        Instant until = endedAt == null ? now : endedAt;
        return until.isAfter(grantedAt) ? Duration.between(grantedAt, until) : Duration.ZERO;
    }

    /** The key under which the cluster knows this attempt: the same for every repetition of its submission. */
    public static String key(String jobId, int number) {
        return jobId + "." + number;
    }
}

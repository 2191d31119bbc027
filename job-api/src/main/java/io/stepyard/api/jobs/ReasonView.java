package io.stepyard.api.jobs;

import io.stepyard.scheduler.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One reason for which a job does not start or cannot be seen.
 *
 * @param cluster the cluster it speaks of; null when it holds for all
 * @param code one of a closed set
 * @param category who or what can change it
 * @param text for people
 */
public record ReasonView(@Nullable String cluster, String code, String category, String text) {

    public static ReasonView of(Reason reason) {
        return new ReasonView(reason.cluster(), reason.code().name(), reason.code().category(), reason.sentence());
    }

    /** The one text that lists show. */
    public String line() {
        return category + ":" + code + " - " + text;
    }
}

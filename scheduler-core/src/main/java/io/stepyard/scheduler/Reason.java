package io.stepyard.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Why a job does not start on a cluster now.
 *
 * @param cluster the cluster it speaks of, or null when it holds for all
 * @param code one of the closed set
 * @param sentence for people; says what would change it
 */
public record Reason(@Nullable String cluster, ReasonCode code, String sentence) {

    /** {@code CATEGORY:CODE - sentence}. */
    public String text() {
        return code.category() + ":" + code.name() + " - " + sentence;
    }
}

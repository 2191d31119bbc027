package io.stepyard.api.jobs;

import io.stepyard.core.scheduling.ExplainQueue.Outlook;
import io.stepyard.scheduler.PlannedStart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a waiting job would start.
 *
 * @param planned by the time limits of all jobs before it; null when nothing known lets it start
 * @param expected by how long similar jobs ran, where that is known; null when nothing known lets it start
 * @param basis what the expected start rests on, or why there is none
 */
public record StartView(@Nullable Place planned, @Nullable Place expected, String basis) {

    /** A cluster and a moment. */
    public record Place(String cluster, Instant at) {

        static @Nullable Place of(@Nullable PlannedStart start) {
            return start == null ? null : new Place(start.cluster(), start.at());
        }
    }

    public static StartView of(Outlook outlook) {
        return new StartView(Place.of(outlook.standing().plannedStart()), Place.of(outlook.expected()),
                outlook.expectedBasis());
    }
}

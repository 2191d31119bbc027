package io.stepyard.scheduler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a waiting job stands, why there, and when it would start.
 *
 * @param rank 1 is the first of the queue
 * @param tier ranks first: {@link Long#MAX_VALUE} for a job that comes first by its age, else its priority or 0
 * @param score ranks within a tier, the higher the earlier
 * @param waited time in the queue
 * @param expansion (wait + expected run) / expected run
 * @param fairShare the tenant's part of recent usage over its part of the weights; 1 is its due
 * @param plannedStart null when nothing known lets it start, or it stands too deep to be planned
 * @param basis what the planned start rests on, or why there is none
 */
public record JobForecast(String jobId, int rank, long tier, double score, int priority, Duration waited,
        double expansion, double fairShare, @Nullable PlannedStart plannedStart, String basis) {

    /** Whether it comes before others because of how long it has waited. */
    public boolean isFirstByAge() {
        return tier == Long.MAX_VALUE;
    }
}

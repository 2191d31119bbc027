package io.stepyard.api.jobs;

import io.stepyard.scheduler.JobForecast;

/**
 * Where a waiting job stands in the order of the policy, and the factors behind it.
 *
 * @param rank 1 is the first
 * @param waiting jobs that are ranked
 * @param firstByAge it has waited so long that it comes before all that have not
 * @param score ranks jobs of one priority, the higher the earlier
 * @param expansion (time waited + time limit) / time limit
 * @param fairShare the tenant's part of recent usage over its part of the weights; 1 is its due
 */
public record StandingView(int rank, int waiting, boolean firstByAge, int priority, double score, long waitedSeconds,
        double expansion, double fairShare) {

    public static StandingView of(JobForecast job, int waiting) {
        return new StandingView(job.rank(), waiting, job.isFirstByAge(), job.priority(), job.score(),
                job.waited().toSeconds(), job.expansion(), job.fairShare());
    }
}

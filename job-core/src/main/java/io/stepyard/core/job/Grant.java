package io.stepyard.core.job;

import io.stepyard.core.store.Attempt;

/** What an execution is told when its job may start: the state input of StartJobRun and GetJobStatus. */
public record Grant(String jobId, int attempt, String cluster, String grantId) {

    public static Grant of(String jobId, Attempt attempt) {
        return new Grant(jobId, attempt.number(), attempt.cluster(), attempt.grantId());
    }
}

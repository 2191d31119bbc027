package io.stepyard.api.jobs;

import io.stepyard.core.store.Attempt;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.AttemptState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try of a job on one cluster; times of start and end by the cluster's word. */
public record AttemptView(int number, String cluster, AttemptState state, Instant grantedAt,
        @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable String clusterJobId,
        @Nullable AttemptFailure failure) {

    /** What went wrong with the attempt, with the last part of its error output where that has been fetched. */
    public record AttemptFailure(FailureClass failureClass, String code, String message, @Nullable Integer exitCode,
            @Nullable String errorOutput) {

        private static @Nullable AttemptFailure of(@Nullable Failure failure) {
            return failure == null
                    ? null
                    : new AttemptFailure(failure.failureClass(), failure.code(), failure.message(),
                            failure.exitCode(), failure.errorOutput());
        }
    }

    static AttemptView of(Attempt attempt) {
        return new AttemptView(attempt.number(), attempt.cluster(), attempt.state(), attempt.grantedAt(),
                attempt.startedAt(), attempt.endedAt(), attempt.clusterJobId(), AttemptFailure.of(attempt.failure()));
    }
}

package io.stepyard.api.jobs;

import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import org.jspecify.annotations.Nullable;

/** Why a job did not succeed, in short. */
public record FailureView(FailureClass failureClass, String code, String message) {

    static @Nullable FailureView of(@Nullable Failure failure) {
        return failure == null ? null : new FailureView(failure.failureClass(), failure.code(), failure.message());
    }
}

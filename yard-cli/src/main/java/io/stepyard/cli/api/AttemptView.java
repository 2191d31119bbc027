package io.stepyard.cli.api;

import io.stepyard.model.lifecycle.AttemptState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try of a job on one cluster; times are null until they have happened. */
public record AttemptView(int number, String cluster, AttemptState state, @Nullable Instant grantedAt,
        @Nullable Instant startedAt, @Nullable Instant endedAt, @Nullable String clusterJobId,
        @Nullable FailureView failure) {}

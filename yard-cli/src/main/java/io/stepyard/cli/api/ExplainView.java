package io.stepyard.cli.api;

import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a job waits, where it stands and when it would start. */
public record ExplainView(String jobId, String name, String tenant, JobState state, Instant at,
        @Nullable String cluster, @Nullable StandingView standing, @Nullable StartView start,
        List<ReasonView> reasons) {

    public ExplainView {
        reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
    }
}

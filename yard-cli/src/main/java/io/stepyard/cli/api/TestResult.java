package io.stepyard.cli.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What would happen to a job if it were submitted now; nothing was queued. */
public record TestResult(boolean valid, List<FaultView> faults, List<Fit> fits, boolean wouldStartNow,
        @Nullable String cluster, @Nullable StandingView standing, @Nullable StartView start,
        List<ReasonView> reasons) {

    /** Whether one cluster could ever take the job, and why not. */
    public record Fit(String cluster, boolean fits, @Nullable String reason) {}

    public TestResult {
        faults = List.copyOf(Objects.requireNonNullElse(faults, List.of()));
        fits = List.copyOf(Objects.requireNonNullElse(fits, List.of()));
        reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
    }
}

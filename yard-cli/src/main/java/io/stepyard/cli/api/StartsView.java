package io.stepyard.cli.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waiting jobs with their starts, in the order of the policy. */
public record StartsView(Instant at, List<Waiting> items) {

    public StartsView {
        items = List.copyOf(Objects.requireNonNullElse(items, List.of()));
    }

    /** One of them; a held one has neither standing nor start. */
    public record Waiting(String jobId, String name, String tenant, int priority, @Nullable Instant queuedAt,
            @Nullable StandingView standing, @Nullable StartView start, @Nullable String reason) {}
}

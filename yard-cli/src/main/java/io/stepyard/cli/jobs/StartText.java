package io.stepyard.cli.jobs;

import io.stepyard.cli.api.StandingView;
import io.stepyard.cli.api.StartView;
import io.stepyard.cli.text.Times;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rank and start of a waiting job as people read them. */
public final class StartText {

    private StartText() {}

    /** {@code rank 3 of 12: priority 1000, score 1.53 (waited 32:10, expansion 1.53, tenant at 0.80 of its due)}. */
    public static String standing(StandingView standing) {
        return String.format(Locale.ROOT,
                "%d of %d: %spriority %d, score %.3f (waited %s, expansion %.2f, tenant at %.2f of its due)",
                standing.rank(), standing.waiting(), standing.firstByAge() ? "first by its age, " : "",
                standing.priority(), standing.score(), Times.clock(Duration.ofSeconds(standing.waitedSeconds())),
                standing.expansion(), standing.fairShare());
    }

    /** {@code 2026-11-21T14:20:00Z on zurich}, or {@code not known}. */
    public static String place(StartView.@Nullable Place place) {
        return place == null ? "not known" : Times.instant(place.at()) + " on " + place.cluster();
    }
}

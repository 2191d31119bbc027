package io.stepyard.cli.demo;

import io.stepyard.cli.api.AttemptView;
import io.stepyard.cli.api.FailureView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs that have ended, with times in seconds from a common begin. */
final class DemoSamples {

    static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");

    private DemoSamples() {}

    static Instant at(double seconds) {
        return BEGIN.plusMillis(Math.round(seconds * 1000));
    }

    static DemoJob ended(String name, int priority, double submitted, double started, double ended,
            Expectation expectation) {
        return ended(name, priority, submitted, started, ended, JobState.SUCCEEDED, null, expectation);
    }

    static DemoJob ended(String name, int priority, double submitted, double started, double ended, JobState state,
            @Nullable FailureView failure, Expectation expectation) {
        AttemptView attempt = new AttemptView(1, "zurich", AttemptState.SUCCEEDED, at(started), at(started), at(ended),
                "run-1", null);
        JobDetail detail = new JobDetail(name, name, "research", priority, state, 2000, 1024, 60, at(submitted),
                at(submitted), at(started), at(ended), "zurich", 1, null, failure, null, null, List.of(attempt),
                List.of());
        return DemoJob.planned(new Manifest.Entry(name + ".json", submitted, expectation), name).submitted(name)
                .ended(detail);
    }

    static Expectation success() {
        return new Expectation("SUCCEEDED", 1, null, null, 0, List.of());
    }
}

package io.stepyard.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.ExplainQueue.Explanation;
import io.stepyard.core.scheduling.PassInputs;
import io.stepyard.core.scheduling.RunTimes;
import io.stepyard.scheduler.PassTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedExplanationTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicInteger passes = new AtomicInteger();
    private final CachedExplanation cached = new CachedExplanation(this::pass, () -> now, Duration.ofSeconds(1));

    private Explanation pass() {
        passes.incrementAndGet();
        PassInputs.Stored nothing = new PassInputs.Stored(List.of(), List.of(), List.of());
        return new Explanation(now, List.of(), Map.of(), Map.of(), new ExplainQueue.Seen(nothing,
                PassInputs.of(nothing, PassTerms.NONE, RunTimes.UNKNOWN, Duration.ZERO, now)));
    }

    @Test
    void shouldLookOnceForManyWhoAskWithinASecond() {
        cached.get();
        now = now.plusMillis(999);
        cached.get();

        assertThat(passes).hasValue(1);
    }

    @Test
    void shouldLookAgainAfterASecond() {
        cached.get();
        now = now.plusSeconds(1);
        cached.get();

        assertThat(passes).hasValue(2);
    }

    @Test
    void shouldLookAgainWhenTheClockWentBack() {
        cached.get();
        now = now.minusSeconds(60);
        cached.get();

        assertThat(passes).hasValue(2);
    }
}

package io.stepyard.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.scheduler.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedReasonsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger passes = new AtomicInteger();
    private final CachedReasons cached = new CachedReasons(this::pass, now::get, Duration.ofSeconds(1));

    private Map<String, List<Reason>> pass() {
        return Map.of("job-" + passes.incrementAndGet(), List.of());
    }

    @Test
    void shouldLookOnceForManyWhoAskWithinASecond() {
        cached.now();
        now.updateAndGet(at -> at.plusMillis(999));

        assertThat(cached.now()).containsKey("job-1");
        assertThat(passes).hasValue(1);
    }

    @Test
    void shouldLookAgainAfterASecond() {
        cached.now();
        now.updateAndGet(at -> at.plusSeconds(1));

        assertThat(cached.now()).containsKey("job-2");
    }

    @Test
    void shouldLookAgainWhenTheClockWentBack() {
        cached.now();
        now.updateAndGet(at -> at.minusSeconds(60));

        assertThat(cached.now()).containsKey("job-2");
    }
}

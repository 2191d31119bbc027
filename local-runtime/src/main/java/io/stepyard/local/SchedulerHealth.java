package io.stepyard.local;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN, with the reason, when the thread that makes the scheduling passes has died or does not come back from a pass. */
final class SchedulerHealth implements HealthIndicator {

    /** Far above any pass that comes back: each call in it has a time limit of a few seconds. */
    static final Duration LONGEST_PASS = Duration.ofSeconds(60);

    private final TickLoop loop;
    private final Duration longest;

    SchedulerHealth(TickLoop loop, Duration longest) {
        this.loop = loop;
        this.longest = longest;
    }

    @Override
    public Health health() {
        Optional<String> trouble = loop.trouble(longest);
        return trouble.isPresent()
                ? Health.down().withDetail("reason", trouble.get()).build()
                : Health.up().withDetail("passes", loop.passes().good().count())
                        .withDetail("failedPasses", loop.passes().failed().count()).build();
    }
}

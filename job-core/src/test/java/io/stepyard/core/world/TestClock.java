package io.stepyard.core.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class TestClock implements InstantSource {

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration span) {
        now = now.plus(span);
    }
}

package io.stepyard.cli.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a waiting job would start: planned by time limits, expected by how long similar jobs ran. */
public record StartView(@Nullable Place planned, @Nullable Place expected, String basis) {

    /** A cluster and a moment. */
    public record Place(String cluster, Instant at) {}
}

package io.stepyard.localcluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as the HTTP API shows it; the number orders runs by acceptance. */
record RunView(long number, String runId, String key, String jobId, RunState state, @Nullable Instant startedAt,
        @Nullable Instant endedAt, @Nullable Integer exitCode, @Nullable String message) {}

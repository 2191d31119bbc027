package io.stepyard.local;

import java.time.Instant;
import java.util.List;

/** Where a running runtime is, as {@code runtime.json} tells it. */
record Addresses(long pid, Instant startedAt, String jobApi, String stepFunctions, String stateMachineArn,
        String stateDir, List<Cluster> clusters) {

    /** Where one of its clusters is. */
    record Cluster(String name, long pid, String url) {}
}

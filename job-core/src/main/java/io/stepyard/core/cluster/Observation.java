package io.stepyard.core.cluster;

import io.stepyard.model.job.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a cluster says of one attempt. */
public sealed interface Observation {

    /** Accepted by the cluster, not started. */
    record Pending() implements Observation {}

    record Running(Instant startedAt) implements Observation {}

    record Succeeded(Instant startedAt, Instant endedAt) implements Observation {}

    /** Ended without success, by itself, its time limit ({@code TIME_LIMIT}) or its cluster. */
    record Failed(@Nullable Instant startedAt, Instant endedAt, Failure failure) implements Observation {}

    record Cancelled(@Nullable Instant startedAt, Instant endedAt) implements Observation {}

    /** The cluster answers and knows nothing of the attempt. */
    record NotFound() implements Observation {}

    /** A state the adapter has no word for. Never taken for running. */
    record Unrecognised(String state) implements Observation {}
}

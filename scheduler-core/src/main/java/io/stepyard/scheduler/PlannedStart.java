package io.stepyard.scheduler;

import java.time.Instant;

/**
 * The earliest start computed for a waiting job; backfill may not delay it.
 *
 * @param cluster where it is planned
 * @param at when, if every running job uses its whole expected time
 */
public record PlannedStart(String jobId, String cluster, Instant at) {}

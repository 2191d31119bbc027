package io.stepyard.core.store;

import java.time.Instant;

/**
 * Somebody's wish that a waiting job is not started until it is released.
 *
 * @param actor who asked
 * @param reason why, for people
 */
public record Hold(Instant since, String actor, String reason) {}

package io.stepyard.core.store;

import java.time.Instant;

/**
 * One entry of a job's audit trail.
 *
 * @param type past tense, for instance {@code JobGranted}
 * @param actor who decided: {@code scheduler}, {@code adapter}, {@code user:NAME}, …
 * @param detail one sentence for people, never with a task token
 */
public record JobEvent(Instant at, String type, String actor, String detail) {}

package io.stepyard.cli.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One event of a job's history; {@code detail} is text or an object, as the event has it. */
public record HistoryItem(Instant at, String type, @Nullable String actor, @Nullable JsonNode detail) {}

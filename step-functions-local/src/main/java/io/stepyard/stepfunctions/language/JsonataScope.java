package io.stepyard.stepfunctions.language;

import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What a JSONata expression can see.
 *
 * @param states
 *            the value of {@code $states}
 * @param variables
 *            variables by name without their dollar sign
 * @param nowMillis
 *            the time now
 * @param random
 *            where random numbers and UUIDs come from
 */
public record JsonataScope(JsonNode states, Map<String, JsonNode> variables, long nowMillis, RandomGenerator random) {}

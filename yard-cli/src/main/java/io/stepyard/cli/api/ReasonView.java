package io.stepyard.cli.api;

import org.jspecify.annotations.Nullable;

/**
 * Why a job does not start on one cluster.
 *
 * @param cluster null when the reason is not one cluster's
 * @param category CONFIGURATION, CLUSTER, CAPACITY or QUEUE
 */
public record ReasonView(@Nullable String cluster, String code, String category, String text) {}

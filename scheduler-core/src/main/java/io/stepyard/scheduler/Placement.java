package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;

/** The decision of a pass that this job starts now on this cluster. */
public record Placement(String jobId, String cluster, Resources resources) {}

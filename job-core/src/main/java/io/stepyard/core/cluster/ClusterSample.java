package io.stepyard.core.cluster;

import io.stepyard.model.resource.Resources;
import java.time.Instant;

/** Live metrics of a cluster: its whole capacity and what is in use, at the moment the cluster says. */
public record ClusterSample(Resources capacity, Resources used, Instant sampledAt) {}

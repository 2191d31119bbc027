package io.stepyard.localcluster;

import io.stepyard.model.resource.Resources;
import java.util.Map;

/** What the cluster has, what live runs hold of it, and how many runs it knows in each state. */
record Usage(Resources capacity, Resources used, long refusals, Map<RunState, Long> runs) {}

package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import java.time.Instant;

/** A job that holds resources on a cluster, with the latest moment at which it will have ended by its time limit. */
public record RunningJob(String jobId, String cluster, Resources resources, Instant expectedEnd, String tenant) {}

package io.stepyard.api.jobs;

import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import java.util.List;

/** Why a job waits or is out of sight, for every state in which that can be asked. */
public final class JobReasons {

    private final WaitReasons waiting;
    private final ClusterStore clusters;

    public JobReasons(WaitReasons waiting, ClusterStore clusters) {
        this.waiting = waiting;
        this.clusters = clusters;
    }

    /** The most telling reason first; empty when the job neither waits nor is out of sight. */
    public List<ReasonView> of(JobRun run) {
        return switch (run.state()) {
            case QUEUED -> queued(run);
            case BACKOFF -> List.of(new ReasonView(null, "BACKOFF", "RETRY",
                    "attempt " + (run.attempts().size() + 1) + " of " + run.spec().retry().maxAttempts()
                            + " follows after a pause"));
            case UNKNOWN -> outOfSight(run);
            case GRANTED, STARTING, RUNNING, CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> List.of();
        };
    }

    private List<ReasonView> queued(JobRun run) {
        var reasons = waiting.now().get(run.jobId());
        if (reasons == null || reasons.isEmpty()) {
            return List.of(new ReasonView(null, "NEXT_PASS", "QUEUE", "the next scheduling pass looks at it"));
        }
        return reasons.stream().map(ReasonView::of).toList();
    }

    private List<ReasonView> outOfSight(JobRun run) {
        return run.latestAttempt().map(attempt -> {
            String detail = clusters.cluster(attempt.cluster()).map(cluster -> cluster.health().detail())
                    .filter(text -> !text.isEmpty()).map(text -> ": " + text).orElse("");
            return List.of(new ReasonView(attempt.cluster(), "UNREACHABLE", "CLUSTER",
                    "cluster " + attempt.cluster() + " gives no usable answer about this job" + detail));
        }).orElse(List.of());
    }
}

package io.stepyard.api.jobs;

import io.stepyard.core.scheduling.ExplainQueue.Explanation;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.Reason;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a job waits or is out of sight, for every state in which that can be asked. */
public final class JobReasons {

    private final CachedExplanation explanation;
    private final ClusterStore clusters;

    public JobReasons(CachedExplanation explanation, ClusterStore clusters) {
        this.explanation = explanation;
        this.clusters = clusters;
    }

    /** The job as lists show it, with the most telling of its reasons. */
    public JobSummary summary(JobRun run) {
        List<ReasonView> why = of(run);
        return JobSummary.of(run, why.isEmpty() ? null : why.getFirst().line());
    }

    /** The most telling reason first; empty when the job neither waits nor is out of sight. */
    public List<ReasonView> of(JobRun run) {
        return switch (run.state()) {
            case QUEUED -> queued(run);
            case BACKOFF -> backingOff(run);
            case UNKNOWN -> outOfSight(run);
            case GRANTED, STARTING, RUNNING, CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> List.of();
        };
    }

    private static Optional<ReasonView> held(JobRun run) {
        return Optional.ofNullable(run.hold()).map(hold -> new ReasonView(null, "HELD", "QUEUE", "held by "
                + hold.actor() + " since " + hold.since().truncatedTo(ChronoUnit.SECONDS) + ": " + hold.reason()
                + "; release it and the next pass considers it"));
    }

    private static List<ReasonView> backingOff(JobRun run) {
        ReasonView pause = new ReasonView(null, "BACKOFF", "RETRY",
                "attempt " + (run.attempts().size() + 1) + " of " + run.spec().retry().maxAttempts()
                        + " follows after a pause");
        return Stream.concat(held(run).stream(), Stream.of(pause)).toList();
    }

    private List<ReasonView> queued(JobRun run) {
        Optional<ReasonView> held = held(run);
        if (held.isPresent()) {
            return List.of(held.get());
        }
        Explanation now = explanation.get();
        Placement placement = now.placements().get(run.jobId());
        if (placement != null) {
            return List.of(new ReasonView(placement.cluster(), "NEXT_PASS", "QUEUE",
                    "the next scheduling pass starts it on " + placement.cluster()));
        }
        List<Reason> reasons = now.reasons().getOrDefault(run.jobId(), List.of());
        if (!reasons.isEmpty()) {
            return reasons.stream().map(ReasonView::of).toList();
        }
        return List.of(new ReasonView(null, "NOT_EXAMINED", "QUEUE",
                "a scheduling pass has not looked at it: it came just now, or " + now.waiting().size()
                        + " jobs and more are ahead of it"));
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

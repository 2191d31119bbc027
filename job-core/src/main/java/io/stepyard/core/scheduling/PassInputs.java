package io.stepyard.core.scheduling;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.RunningJob;
import io.stepyard.scheduler.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the store holds, as a pass wants to see it. Pure. */
public final class PassInputs {

    private PassInputs() {}

    public static PassInput of(List<QueueRow> waiting, List<JobRun> live, List<ClusterRecord> clusters,
            Duration sampleMaxAge,
            Instant now) {
        return new PassInput(waiting.stream().map(row -> waiting(row, clusters)).toList(),
                live.stream().flatMap(run -> running(run, now)).toList(),
                clusters.stream().map(cluster -> snapshot(cluster, sampleMaxAge, now)).toList(), now);
    }

    private static WaitingJob waiting(QueueRow row, List<ClusterRecord> clusters) {
        return waiting(row.jobId(), row.priority(), row.enqueuedAt(), row.spec(), clusters);
    }

    /** A job that is not in the queue, as if it were. */
    public static WaitingJob waiting(String jobId, int priority, Instant enqueuedAt, JobSpec spec,
            List<ClusterRecord> clusters) {
        return new WaitingJob(jobId, priority, enqueuedAt, spec.resources(), spec.timeLimit(), spec.tenant(),
                spec.clusters(),
                spec.labels(), wrongKind(spec, clusters), spec.attributes());
    }

    /** Clusters that have no way to run what the job runs. */
    private static Set<String> wrongKind(JobSpec spec, List<ClusterRecord> clusters) {
        return clusters.stream().filter(cluster -> !ClusterKind.runs(cluster.kind(), spec.run()))
                .map(ClusterRecord::name).collect(Collectors.toSet());
    }

    private static Stream<RunningJob> running(JobRun run, Instant now) {
        return run.liveAttempt().stream()
                .map(attempt -> new RunningJob(run.jobId(), attempt.cluster(), attempt.resources(),
                        from(attempt, now).plus(run.spec().timeLimit()), run.spec().tenant()));
    }

    private static Instant from(Attempt attempt, Instant now) {
        Instant started = attempt.startedAt();
        return started == null ? now : started;
    }

    /** usable = capacity − ledger − what others use; what our own attempts use is in the ledger (decision 4, docs/adr/0002). */
    public static ClusterSnapshot snapshot(ClusterRecord cluster, Duration sampleMaxAge, Instant now) {
        Resources usable = roof(cluster).minusAtMost(cluster.reserved());
        return new ClusterSnapshot(cluster.name(), cluster.capacity(), usable, cluster.labels(),
                availability(cluster, sampleMaxAge, now));
    }

    /** The most the ledger may reach: the capacity without what others use. */
    static Resources roof(ClusterRecord cluster) {
        return cluster.capacity().minusAtMost(cluster.health().elsewhere());
    }

    private static Availability availability(ClusterRecord cluster, Duration sampleMaxAge, Instant now) {
        if (cluster.drained()) {
            return Availability.DRAINED;
        }
        Instant sampledAt = cluster.health().sampledAt();
        return switch (cluster.health().status()) {
            case UNREACHABLE -> Availability.UNREACHABLE;
            case NO_METRICS -> Availability.NO_METRICS;
            case HEALTHY -> sampledAt == null || sampledAt.isBefore(now.minus(sampleMaxAge))
                    ? Availability.NO_METRICS
                    : Availability.OPEN;
        };
    }
}

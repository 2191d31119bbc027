package io.stepyard.core.scheduling;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.PassTerms;
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

    /** @param times predicted run times, or {@link RunTimes#UNKNOWN} to go by time limits, as the scheduler does */
    public static PassInput of(Stored stored, PassTerms terms, RunTimes times, Duration sampleMaxAge, Instant now) {
        return new PassInput(stored.waiting().stream().map(row -> waiting(row, times, stored.clusters())).toList(),
                stored.live().stream().flatMap(run -> running(run, times, now)).toList(),
                stored.clusters().stream().map(cluster -> snapshot(cluster, sampleMaxAge, now)).toList(), now, terms);
    }

    /** What a pass is about, as the store has it. */
    public record Stored(List<QueueRow> waiting, List<JobRun> live, List<ClusterRecord> clusters) {

        public Stored {
            waiting = List.copyOf(waiting);
            live = List.copyOf(live);
            clusters = List.copyOf(clusters);
        }
    }

    private static WaitingJob waiting(QueueRow row, RunTimes times, List<ClusterRecord> clusters) {
        JobSpec spec = row.spec();
        WaitingJob.Options options = WaitingJob.Options.NONE.held(row.held());
        return new WaitingJob(row.jobId(), row.priority(), row.enqueuedAt(), spec.resources(), spec.timeLimit(),
                spec.tenant(), spec.clusters(), spec.labels(), wrongKind(spec, clusters), spec.attributes(),
                times.of(spec).map(options::expecting).orElse(options));
    }

    /** Clusters that have no way to run what the job runs. */
    private static Set<String> wrongKind(JobSpec spec, List<ClusterRecord> clusters) {
        return clusters.stream().filter(cluster -> !ClusterKind.runs(cluster.kind(), spec.run()))
                .map(ClusterRecord::name).collect(Collectors.toSet());
    }

    private static Stream<RunningJob> running(JobRun run, RunTimes times, Instant now) {
        return run.liveAttempt().stream()
                .map(attempt -> new RunningJob(run.jobId(), attempt.cluster(), attempt.resources(),
                        times.endOf(run, attempt, now), run.spec().tenant()));
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

package io.stepyard.simulator.world;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.ClusterUnavailable.Kind;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.resource.Resources;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clusters, as the product meets them. */
final class FaultyGateway implements ClusterGateway {

    /** No submission arrives later than this after it was sent; docs/faulty-world.md promises nothing beyond. */
    static final Duration LONGEST_DELIVERY = Duration.ofSeconds(25);
    private static final Duration CALL_TIME_OUT = Duration.ofSeconds(10);

    private final SimulatedClusters clusters;
    private final VirtualTime time;
    private final Processes processes;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;

    FaultyGateway(SimulatedClusters clusters, VirtualTime time, Processes processes, Faults faults, Chance chance,
            Trace trace) {
        this.clusters = clusters;
        this.time = time;
        this.processes = processes;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
    }

    @Override
    public SubmitOutcome submit(ClusterRecord record, Submission submission) {
        FaultClass fault = reach(record, Edge.SUBMIT);
        TrueCluster cluster = clusters.cluster(record.name());
        if (fault == FaultClass.SUBMIT_REFUSED) {
            faults.count(fault);
            return new SubmitOutcome.Refused("BUSY", "The cluster takes nothing now");
        }
        if (fault == FaultClass.SUBMIT_DELIVERED_LATE) {
            Duration delay = chance.upTo(LONGEST_DELIVERY);
            time.schedule(time.instant().plus(delay), () -> arriveLate(cluster, submission));
            processes.await(CALL_TIME_OUT);
            throw unavailable(Kind.TIMED_OUT, record, "no answer in time");
        }
        SubmitOutcome outcome = clusters.accept(cluster, submission);
        if (fault == FaultClass.SUBMIT_ACCEPTED_WITH_ERROR) {
            faults.count(fault);
            throw unavailable(Kind.NONSENSE, record, "expected an answer, but found status 500");
        }
        return reply(record, fault, outcome);
    }

    private void arriveLate(TrueCluster cluster, Submission submission) {
        faults.count(FaultClass.SUBMIT_DELIVERED_LATE);
        trace.note("arrives late", submission.key());
        SubmitOutcome _ = clusters.accept(cluster, submission);
    }

    @Override
    public Observation observe(ClusterRecord record, String key, @Nullable String clusterJobId) {
        FaultClass fault = reach(record, Edge.OBSERVE);
        TrueRun run = known(record, key);
        Observation seen = run == null ? new Observation.NotFound() : run.observe(processes.now());
        if (fault == FaultClass.STATUS_UNRECOGNISED && run != null) {
            faults.count(fault);
            seen = new Observation.Unrecognised("CONFUSED");
        }
        return reply(record, fault, seen);
    }

    @Override
    public void cancel(ClusterRecord record, String key, @Nullable String clusterJobId) {
        FaultClass fault = reach(record, Edge.CANCEL);
        TrueRun run = known(record, key);
        if (run == null) {
            clusters.cluster(record.name()).close(key);
        } else {
            run.settle(processes.now(), TrueRun.End.CANCELLED);
            trace.note("cancels", key, run.end());
        }
        var _ = reply(record, fault, key);
    }

    @Override
    public String errorOutput(ClusterRecord record, String key, @Nullable String clusterJobId, int maxBytes) {
        FaultClass fault = reach(record, Edge.OUTPUT);
        TrueRun run = known(record, key);
        return reply(record, fault, run == null ? "" : TrueRun.errorOutput(key));
    }

    @Override
    public String output(ClusterRecord record, String key, @Nullable String clusterJobId, int maxBytes) {
        FaultClass fault = reach(record, Edge.OUTPUT);
        return reply(record, fault, "");
    }

    @Override
    public ClusterSample sample(ClusterRecord record) {
        FaultClass fault = reach(record, Edge.SAMPLE);
        TrueCluster cluster = clusters.cluster(record.name());
        Instant now = processes.now();
        if (cluster.troubles().contains(FaultClass.METRICS_STALE)) {
            faults.count(FaultClass.METRICS_STALE);
        }
        Instant last = cluster.lastSample();
        ClusterSample sample = cluster.sample(now);
        if (fault == null || fault == FaultClass.METRICS_LYING) {
            cluster.reliedOn(sample);
        }
        if (fault == null) {
            return sample;
        }
        return switch (fault) {
            case METRICS_MISSING -> throw counted(fault, record, "expected metrics, but found none");
            case METRICS_NOT_A_NUMBER -> throw counted(fault, record, "expected metrics, but found NaN");
            case METRICS_NEGATIVE -> throw counted(fault, record, "expected metrics of 0 or more, but found -1");
            case METRICS_LYING -> counted(fault, () -> new ClusterSample(sample.capacity(), Resources.NONE,
                    sample.sampledAt()));
            case METRICS_FROM_THE_FUTURE -> counted(fault, () -> new ClusterSample(sample.capacity(), Resources.NONE,
                    now.plus(Duration.ofHours(chance.between(1, 48)))));
            case METRICS_BACKWARDS -> last == null
                    ? sample
                    : counted(fault, () -> backwards(cluster, last));
            default -> reply(record, fault, sample);
        };
    }

    /** Older than the last one that was told; whether that one was ever stored is another question. */
    private ClusterSample backwards(TrueCluster cluster, Instant last) {
        ClusterSample sample = new ClusterSample(cluster.capacity(), Resources.NONE,
                last.minusSeconds(chance.between(1, 60)));
        cluster.reliedOn(sample);
        return sample;
    }

    private ClusterUnavailable counted(FaultClass fault, ClusterRecord record, String message) {
        faults.count(fault);
        return unavailable(Kind.NONSENSE, record, message);
    }

    private <T> T counted(FaultClass fault, Supplier<T> answer) {
        faults.count(fault);
        return answer.get();
    }

    private @Nullable TrueRun known(ClusterRecord record, String key) {
        TrueRun run = clusters.cluster(record.name()).run(key);
        if (run == null || run.isKnown(processes.now())) {
            return run;
        }
        return null;
    }

    /** The fault that the call itself meets, once it has reached the cluster. */
    private @Nullable FaultClass reach(ClusterRecord record, Edge edge) {
        FaultClass fault = processes.enter(edge);
        Set<FaultClass> troubles = clusters.cluster(record.name()).troubles();
        if (fault == FaultClass.CLUSTER_DOWN || troubles.contains(FaultClass.CLUSTER_DOWN)) {
            faults.count(FaultClass.CLUSTER_DOWN);
            throw unavailable(Kind.NOT_SENT, record, "no connection");
        }
        if (troubles.contains(FaultClass.CLUSTER_FLAPPING) && chance.in(0.5)) {
            faults.count(FaultClass.CLUSTER_FLAPPING);
            throw unavailable(Kind.NOT_SENT, record, "no connection");
        }
        if (fault == FaultClass.CLUSTER_SLOW || troubles.contains(FaultClass.CLUSTER_SLOW)) {
            faults.count(FaultClass.CLUSTER_SLOW);
            processes.await(CALL_TIME_OUT);
            throw unavailable(Kind.TIMED_OUT, record, "no answer in time");
        }
        if (fault == FaultClass.CLUSTER_NONSENSE || troubles.contains(FaultClass.CLUSTER_NONSENSE)) {
            faults.count(FaultClass.CLUSTER_NONSENSE);
            throw unavailable(Kind.NONSENSE, record, "expected an answer, but found an error page");
        }
        return fault;
    }

    private <T> T reply(ClusterRecord record, @Nullable FaultClass fault, T answer) {
        if (fault == FaultClass.CLUSTER_REPLY_LOST) {
            faults.count(fault);
            throw unavailable(Kind.TIMED_OUT, record, "the reply was lost");
        }
        processes.leave(fault);
        return answer;
    }

    private static ClusterUnavailable unavailable(Kind kind, ClusterRecord record, String message) {
        return new ClusterUnavailable(kind, "cluster " + record.name() + ": " + message, null);
    }
}

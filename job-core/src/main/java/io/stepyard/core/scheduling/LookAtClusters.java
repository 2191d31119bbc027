package io.stepyard.core.scheduling;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterRecord.Health;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the live metrics of every cluster that is due, all at once, and stores what they say (A23). A cluster that gives no usable answer
 * is marked so and left alone for a while: it delays nobody by more than one time-out, and nothing is placed there.
 */
public final class LookAtClusters {

    private static final Logger LOG = LoggerFactory.getLogger(LookAtClusters.class);

    private final JobStore store;
    private final ClusterStore clusters;
    private final ClusterGateway gateway;
    private final InstantSource clock;
    private final SchedulerSettings settings;
    private final Executor executor;

    public LookAtClusters(JobStore store, ClusterStore clusters, ClusterGateway gateway, InstantSource clock,
            SchedulerSettings settings, Executor executor) {
        this.store = store;
        this.clusters = clusters;
        this.gateway = gateway;
        this.clock = clock;
        this.settings = settings;
        this.executor = executor;
    }

    /** Returns when every due cluster has answered or timed out. */
    public void look() {
        Instant now = clock.instant();
        List<ClusterRecord> due = clusters.clusters().stream().filter(cluster -> isDue(cluster.health(), now)).toList();
        if (due.isEmpty()) {
            return;
        }
        List<JobRun> liveBefore = store.liveRuns();
        CompletableFuture<?>[] looks = due.stream()
                .map(cluster -> CompletableFuture.runAsync(() -> lookOrLeave(cluster, liveBefore), executor))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(looks).join();
    }

    private boolean isDue(Health health, Instant now) {
        if (health.nextCheckAt() != null) {
            return !now.isBefore(health.nextCheckAt());
        }
        return health.checkedAt() == null || !now.isBefore(health.checkedAt().plus(settings.sampleEvery()));
    }

    private void lookOrLeave(ClusterRecord cluster, List<JobRun> liveBefore) {
        try {
            look(cluster, liveBefore);
        } catch (StoreUnavailable e) {
            // What is stored of it grows old and places nothing; the others' news are not lost with it.
            LOG.warn("What cluster {} says of itself could not be stored, the next tick asks again: {}", cluster.name(),
                    e.getMessage());
        }
    }

    private void look(ClusterRecord cluster, List<JobRun> liveBefore) {
        Health health;
        Resources capacity = cluster.capacity();
        try {
            ClusterSample sample = gateway.sample(cluster);
            health = healthOf(cluster, sample, liveBefore);
            capacity = health.status() == Health.Status.HEALTHY ? sample.capacity() : capacity;
        } catch (ClusterUnavailable e) {
            health = down(cluster.health(), e.kind() == ClusterUnavailable.Kind.NONSENSE
                    ? Health.Status.NO_METRICS
                    : Health.Status.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            // A fault of one adapter must not stop the look at the others, nor the pass (A30).
            LOG.error("The look at cluster {} failed", cluster.name(), e);
            health = down(cluster.health(), Health.Status.NO_METRICS, "The look at it failed: " + e);
        }
        if (health.status() != cluster.health().status()) {
            LOG.info("Cluster {} is {} {}", cluster.name(), health.status(), health.detail());
        }
        // A conflict means that somebody drained or changed the cluster just now; the next tick looks again.
        store.commit(List.of(new StoreWrite.ReplaceCluster(cluster.seen(capacity, health))));
    }

    private Health healthOf(ClusterRecord cluster, ClusterSample sample, List<JobRun> liveBefore) {
        Instant now = clock.instant();
        Instant last = cluster.health().sampledAt();
        if (last != null && sample.sampledAt().isBefore(last)) {
            return down(cluster.health(), Health.Status.NO_METRICS,
                    "The sample of " + sample.sampledAt() + " is older than the last one");
        }
        if (sample.sampledAt().isBefore(now.minus(settings.sampleMaxAge()))) {
            return down(cluster.health(), Health.Status.NO_METRICS,
                    "The sample is from " + sample.sampledAt() + ", which is too old");
        }
        if (sample.sampledAt().isAfter(now.plus(settings.sampleMaxAge()))) {
            // Taken for good, it would stay fresh for ever and make every later sample a backward one.
            return down(cluster.health(), Health.Status.NO_METRICS,
                    "The sample is from " + sample.sampledAt() + ", which is still to come");
        }
        Resources ours = submittedThere(cluster.name(), liveBefore, store.liveRuns());
        return new Health(Health.Status.HEALTHY, sample.used(), sample.used().minusAtMost(ours), sample.sampledAt(),
                now, null, "");
    }

    /** What our own attempts may have been using around the sample: known before it or after it, and told to the cluster. */
    private static Resources submittedThere(String cluster, List<JobRun> before, List<JobRun> after) {
        Map<String, Resources> byKey = new HashMap<>();
        for (List<JobRun> runs : List.of(before, after)) {
            for (JobRun run : runs) {
                run.liveAttempt().filter(attempt -> attempt.cluster().equals(cluster))
                        .filter(LookAtClusters::isSubmitted)
                        .ifPresent(
                                attempt -> byKey.put(Attempt.key(run.jobId(), attempt.number()), attempt.resources()));
            }
        }
        return byKey.values().stream().reduce(Resources.NONE, Resources::plus);
    }

    private static boolean isSubmitted(Attempt attempt) {
        return switch (attempt.state()) {
            case STARTING, RUNNING, UNKNOWN, CANCELLING -> true;
            case GRANTED, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, LOST, EXPIRED -> false;
        };
    }

    private Health down(Health last, Health.Status status, String detail) {
        Instant now = clock.instant();
        return new Health(status, last.used(), last.elsewhere(), last.sampledAt(), now,
                now.plus(settings.lookAgainAfter()), detail);
    }
}

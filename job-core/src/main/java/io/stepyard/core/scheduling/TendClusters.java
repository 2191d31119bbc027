package io.stepyard.core.scheduling;

import io.stepyard.core.job.GiveUpAttempts;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.Maintenance;
import io.stepyard.core.store.StoreWrite;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators do to a registered cluster: drain it, plan its maintenance, resume it, take it away. Each may arrive twice. */
public final class TendClusters {

    /** Planned windows that a cluster may have at once. */
    public static final int MAX_WINDOWS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(TendClusters.class);
    private static final int MAX_ROUNDS = 20;

    private final JobStore store;
    private final ClusterStore clusters;
    private final SchedulerKick kick;
    private final GiveUpAttempts giveUp;
    private final InstantSource clock;

    public TendClusters(JobStore store, ClusterStore clusters, SchedulerKick kick, GiveUpAttempts giveUp,
            InstantSource clock) {
        this.store = store;
        this.clusters = clusters;
        this.kick = kick;
        this.giveUp = giveUp;
        this.clock = clock;
    }

    /** From now on nothing new starts there; what runs goes on. Empty when there is no such cluster. */
    public Optional<ClusterRecord> drain(String name, String reason) {
        return change(name, cluster -> cluster.drained() && reason.equals(cluster.drainReason())
                ? Optional.empty()
                : Optional.of(cluster.drained(reason)));
    }

    /**
     * Nothing starts there that could not end before the window.
     *
     * @throws IllegalArgumentException when the cluster has {@value #MAX_WINDOWS} windows already
     */
    public Optional<ClusterRecord> plan(String name, Maintenance window) {
        return change(name, cluster -> {
            if (cluster.windows().contains(window)) {
                return Optional.empty();
            }
            List<Maintenance> windows = new ArrayList<>(cluster.windows());
            windows.removeIf(other -> !other.to().isAfter(clock.instant())
                    || (other.from().equals(window.from()) && other.to().equals(window.to())));
            if (windows.size() >= MAX_WINDOWS) {
                throw new IllegalArgumentException("Expected at most " + MAX_WINDOWS
                        + " planned maintenance windows on a cluster, but " + name + " has as many already");
            }
            windows.add(window);
            windows.sort(Comparator.comparing(Maintenance::from).thenComparing(Maintenance::to));
            return Optional.of(cluster.withWindows(windows));
        });
    }

    /** Neither drained nor in maintenance, now or later. */
    public Optional<ClusterRecord> resume(String name) {
        Optional<ClusterRecord> open = change(name, cluster -> cluster.drained()
                ? Optional.of(cluster.drained(null))
                : Optional.empty());
        Optional<ClusterRecord> free = open.isEmpty()
                ? open
                : change(name, cluster -> cluster.windows().isEmpty()
                        ? Optional.empty()
                        : Optional.of(cluster.withWindows(List.of())));
        kick.kick();
        return free;
    }

    private Optional<ClusterRecord> change(String name, Function<ClusterRecord, Optional<ClusterRecord>> step) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<ClusterRecord> before = clusters.cluster(name);
            Optional<ClusterRecord> after = before.flatMap(step);
            if (before.isEmpty() || after.isEmpty()) {
                return before;
            }
            if (store.commit(List.of(new StoreWrite.ReplaceCluster(after.get()))).isCommitted()) {
                LOG.info("Cluster {} is {}{}", name, after.get().drained() ? "drained: " : "open",
                        after.get().drained() ? after.get().drainReason() : "");
                return after;
            }
        }
        throw new IllegalStateException("Expected to change cluster " + name + ", but others kept changing it");
    }

    /** What became of a removal. */
    public sealed interface Removal {

        /** @param givenUp attempts there that now count as lost */
        record Removed(int givenUp) implements Removal {}

        record Unknown() implements Removal {}

        /** @param jobs some of the jobs that hold resources there */
        record InUse(int count, List<String> jobs) implements Removal {}
    }

    /**
     * Takes a cluster away. Refused while jobs hold resources there, unless forced: then they are given up first, on the caller's word that
     * nothing of them goes on there.
     */
    public Removal remove(String name, boolean force, String actor) {
        int givenUp = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<ClusterRecord> cluster = clusters.cluster(name);
            if (cluster.isEmpty()) {
                return round == 0 ? new Removal.Unknown() : new Removal.Removed(givenUp);
            }
            if (cluster.get().reserved().isNone()) {
                if (store.commit(List.of(new StoreWrite.DeleteCluster(name, cluster.get().version()))).isCommitted()) {
                    LOG.info("Cluster {} was taken away by {}", name, actor);
                    return new Removal.Removed(givenUp);
                }
                continue;
            }
            if (!force || (round > 0 && givenUp == 0)) {
                return inUse(name);
            }
            drain(name, "it is being taken away");
            givenUp += giveUp.on(cluster.get(), actor);
        }
        return inUse(name);
    }

    private Removal inUse(String name) {
        List<String> jobs = store.liveRuns().stream()
                .filter(run -> run.liveAttempt().map(attempt -> attempt.cluster().equals(name)).orElse(false))
                .map(JobRun::jobId).sorted().toList();
        return new Removal.InUse(jobs.size(), jobs.subList(0, Math.min(5, jobs.size())));
    }
}

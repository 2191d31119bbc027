package io.stepyard.scheduler;

import io.stepyard.scheduler.Policy.Reserving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a queue, strict, greedy or with EASY backfill: jobs start in order while they fit; what does not fit is
 * treated as the policy says.
 *
 * <p>Within a pass room only shrinks, so a kind of job that does not fit is not looked at again.
 */
final class PassRun {

    private final LiveQueue queue;
    private final Policy policy;
    private final long now;
    private final Ranking ranking;
    private final List<Placement> placements = new ArrayList<>();
    private @Nullable Reservation reservation;
    private @Nullable ConservativeRun conservative;

    PassRun(LiveQueue queue, long now) {
        this.queue = queue;
        this.policy = queue.policy();
        this.now = now;
        this.ranking = new Ranking(queue, now);
    }

    List<Placement> placements() {
        return placements;
    }

    Ranking ranking() {
        return ranking;
    }

    @Nullable
    Reservation reservation() {
        return reservation;
    }

    List<PlannedStart> plannedStarts() {
        if (conservative != null) {
            return conservative.plannedStarts();
        }
        Reservation made = reservation;
        return made == null
                ? List.of()
                : List.of(new PlannedStart(made.jobId(), made.cluster().name(),
                        Instant.ofEpochMilli(made.startMillis())));
    }

    void run() {
        if (policy.reserving() == Reserving.CONSERVATIVE) {
            conservative = new ConservativeRun(queue, this, now);
            conservative.run();
            return;
        }
        ranking.rank(policy.order(), group -> policy.reserving() != Reserving.GREEDY || queue.mayFit(group));
        JobGroup group = ranking.first();
        while (group != null) {
            ClusterState cluster = choose(group);
            if (cluster != null) {
                start(group, cluster);
            } else if (policy.reserving() == Reserving.STRICT && couldEverRun(group)) {
                return;
            } else {
                ranking.drop();
                if (policy.reserving() == Reserving.EASY && reservation == null) {
                    reserveFor(group);
                }
            }
            group = ranking.first();
        }
    }

    private void reserveFor(JobGroup group) {
        reservation = Planner.plan(queue, group, now);
        if (reservation != null) {
            QueueOrder order = policy.backfillOrder() == null ? policy.order() : policy.backfillOrder();
            ranking.rerank(order, queue::mayFit);
        }
    }

    private boolean couldEverRun(JobGroup group) {
        for (int index : queue.openTo(group)) {
            if (Amounts.fits(group.need, queue.cluster(index).capacity())) {
                return queue.quotas().allows(group.key.tenant(), group.need);
            }
        }
        return false;
    }

    private void start(JobGroup group, ClusterState cluster) {
        Reservation made = reservation;
        if (made != null && cluster == made.cluster() && now + group.runMillis > made.startMillis()) {
            made.take(group.need);
        }
        place(group, cluster);
        if (group.isEmpty()) {
            ranking.drop();
        } else {
            ranking.reorderFirst();
        }
    }

    void place(JobGroup group, ClusterState cluster) {
        placements.add(new Placement(group.first().jobId(), cluster.name(), group.first().resources()));
        queue.start(group, cluster, now);
    }

    /** The cluster where the first of a group starts now, or null. */
    private @Nullable ClusterState choose(JobGroup group) {
        int[] open = queue.openTo(group);
        long noRoomAt = group.noRoomAt;
        if (noRoomAt == queue.growth() || !queue.quotas().allows(group.key.tenant(), group.need)) {
            return null;
        }
        ClusterState best = null;
        boolean room = false;
        for (int index : open) {
            ClusterState cluster = queue.cluster(index);
            if (cluster.grewAt() > noRoomAt && Amounts.fits(group.need, cluster.free())) {
                room = true;
                if (isAllowed(group, cluster) && (best == null || isBetter(group, cluster, best))) {
                    best = cluster;
                }
            }
        }
        // Room that a reservation or a window forbids may be allowed later without any cluster growing.
        group.noRoomAt = room ? -1 : queue.growth();
        return best;
    }

    private boolean isAllowed(JobGroup group, ClusterState cluster) {
        return queue.windows().clearFrom(cluster.name(), now, group.limitMillis) == now
                && (reservation == null || reservation.allows(cluster, group, now));
    }

    boolean isBetter(JobGroup group, ClusterState cluster, ClusterState best) {
        int preferred = preferred(group, cluster) - preferred(group, best);
        return preferred != 0
                ? preferred > 0
                : policy.choice().score(cluster.free(), group.need, cluster.capacity()) < policy.choice()
                        .score(best.free(), group.need, best.capacity());
    }

    private static int preferred(JobGroup group, ClusterState cluster) {
        var wanted = group.key.demand().preferredLabels();
        if (wanted.isEmpty()) {
            return 0;
        }
        return (int) wanted.entrySet().stream().filter(cluster.snapshot().labels().entrySet()::contains).count();
    }
}

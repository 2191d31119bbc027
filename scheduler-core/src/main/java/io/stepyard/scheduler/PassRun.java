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
    private final ClusterTable clusters;
    private final Policy policy;
    private final long now;
    private final Rater rater;
    private final List<Placement> placements = new ArrayList<>();
    private @Nullable Reservation reservation;
    private @Nullable ConservativeRun conservative;

    PassRun(LiveQueue queue, long now) {
        this.queue = queue;
        this.clusters = queue.clusters();
        this.policy = queue.policy();
        this.now = now;
        this.rater = queue.rater(policy.order(), now);
    }

    List<Placement> placements() {
        return placements;
    }

    Rater rater() {
        return rater;
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
        RankBounds bounds = queue.bounds();
        if (bounds != null) {
            bounds.begin(now, rater.backlogSeconds());
        }
        switch (policy.reserving()) {
            case CONSERVATIVE -> {
                conservative = new ConservativeRun(queue, this, now);
                conservative.run();
            }
            case GREEDY -> fill(new Contest(queue, rater, bounds, clusters::mayTake, _ -> true));
            case STRICT, EASY -> startInOrder(
                    new Contest(queue, rater, bounds, clusters::couldEverTake, _ -> true));
        }
    }

    /** Starts the first as long as it fits, and does with the first that does not what the policy says. */
    private void startInOrder(Contest contest) {
        for (JobGroup first = contest.first(); first != null; first = contest.first()) {
            ClusterState cluster = choose(first);
            if (cluster != null) {
                place(first, cluster);
                contest.started(first);
            } else if (policy.reserving() == Reserving.STRICT) {
                if (queue.quotas().allows(first.key.tenant(), first.need)) {
                    return;
                }
                contest.drop(first);
            } else {
                contest.drop(first);
                reservation = Planner.plan(queue, first, now);
                if (reservation != null) {
                    backfill(reservation);
                    return;
                }
            }
        }
    }

    private void backfill(Reservation made) {
        QueueOrder order = policy.backfillOrder();
        boolean same = order == null || order.equals(policy.order());
        fill(new Contest(queue, order == null ? rater : rater.by(order), same ? queue.bounds() : null,
                shape -> mayPass(shape, made), kind -> mayPass(kind, made)));
    }

    private boolean mayPass(JobShape shape, Reservation made) {
        return clusters.mayTake(shape)
                && (now + shape.shortestMillis <= made.startMillis() || !hasOnlyKeptRoom(shape, made));
    }

    private boolean mayPass(JobGroup kind, Reservation made) {
        return now + kind.runMillis <= made.startMillis() || !hasOnlyKeptRoom(kind.shape, made);
    }

    /** Whether what room there is for a shape is kept for the head, so that only jobs that end in time may have it. */
    private boolean hasOnlyKeptRoom(JobShape shape, Reservation made) {
        return clusters.onlyRoom(shape) == made.cluster() && !Amounts.fits(shape.need, made.extra());
    }

    /** Starts all that fits and may. */
    private void fill(Contest contest) {
        for (JobGroup first = contest.first(); first != null; first = contest.first()) {
            ClusterState cluster = choose(first);
            if (cluster != null) {
                Reservation made = reservation;
                if (made != null && cluster == made.cluster() && now + first.runMillis > made.startMillis()) {
                    made.take(first.need);
                }
                place(first, cluster);
                contest.started(first);
            } else if (clusters.hasNoRoom(first.shape)) {
                contest.dropShape();
            } else {
                contest.drop(first);
            }
        }
    }

    void place(JobGroup group, ClusterState cluster) {
        placements.add(new Placement(group.first().jobId(), cluster.name(), group.first().resources()));
        queue.start(group, cluster, now);
    }

    /** The cluster where the first of a kind starts now, or null. */
    private @Nullable ClusterState choose(JobGroup group) {
        if (!queue.quotas().allows(group.key.tenant(), group.need)) {
            return null;
        }
        Best best = new Best(group);
        clusters.withRoom(group.shape, best);
        return best.cluster;
    }

    private final class Best implements ClusterTable.Candidates {

        private final JobGroup group;
        private @Nullable ClusterState cluster;

        Best(JobGroup group) {
            this.group = group;
        }

        @Override
        public void room(ClusterState found) {
            if (isAllowed(group, found) && (cluster == null || isBetter(group, found, cluster))) {
                cluster = found;
            }
        }
    }

    private boolean isAllowed(JobGroup group, ClusterState cluster) {
        return queue.windows().clearFrom(cluster, now, group.limitMillis) == now
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
        var wanted = group.shape.demand.preferredLabels();
        if (wanted.isEmpty()) {
            return 0;
        }
        return (int) wanted.entrySet().stream().filter(cluster.snapshot().labels().entrySet()::contains).count();
    }
}

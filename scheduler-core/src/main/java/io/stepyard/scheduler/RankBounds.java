package io.stepyard.scheduler;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps for every shape a bound above the ranks of its kinds, so that the kind that comes first is found without ranking
 * them all.
 *
 * <p>Ranks only rise as time passes, and fall as a tenant's share or, for aged jobs, the backlog rises. So the rank that a
 * kind would have some time ahead, for a share and a backlog a little lower than now, is above all its ranks until then.
 * Bounds are made anew when their time has come, or a share or the backlog has fallen below what they were made for.
 */
final class RankBounds {

    private static final double SLACK = 0.01;
    /** Bounds last as long as so many passes took of late. */
    private static final int PASSES_AHEAD = 64;
    private static final long SHORTEST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 600_000;

    private final LiveQueue queue;
    private final QueueOrder order;
    private @Nullable Rater ahead;
    private long validUntil = Long.MIN_VALUE;
    private double leastBacklog;
    private long lastPass = Long.MIN_VALUE;
    private long usualGap = SHORTEST_MILLIS;

    /** @param order one that {@link QueueOrder#risesWithWaiting} */
    RankBounds(LiveQueue queue, QueueOrder order) {
        this.queue = queue;
        this.order = order;
    }

    /** Before the first use in a pass. */
    void begin(long now, double backlog) {
        if (lastPass != Long.MIN_VALUE && now > lastPass) {
            usualGap = Math.min(now - lastPass, LONGEST_MILLIS);
        }
        lastPass = now;
        if (ahead == null || now > validUntil || backlog < leastBacklog || hasFallen(queue.accounts())) {
            renew(now, backlog);
        }
    }

    private static boolean hasFallen(Collection<FairShare.Account> accounts) {
        for (FairShare.Account account : accounts) {
            if (account.share() < account.leastShare) {
                return true;
            }
        }
        return false;
    }

    private void renew(long now, double backlog) {
        validUntil = now + Math.clamp(PASSES_AHEAD * usualGap, SHORTEST_MILLIS, LONGEST_MILLIS);
        leastBacklog = backlog * (1 - SLACK);
        for (FairShare.Account account : queue.accounts()) {
            account.leastShare = Math.max(0, account.share() - SLACK * (1 + account.share()));
        }
        Rater made = new Rater(order, validUntil, leastBacklog);
        ahead = made;
        for (JobShape shape : queue.shapes()) {
            bound(shape, made);
        }
    }

    private static void bound(JobShape shape, Rater rater) {
        shape.unbound();
        for (int index = 0; index < shape.count(); index++) {
            raise(shape, shape.kind(index), rater);
        }
    }

    private static void raise(JobShape shape, JobGroup kind, Rater rater) {
        rater.rate(kind, kind.firstMillis, kind.firstPriority, kind.account.leastShare);
        if (!isBelow(rater.tier(), rater.score(), kind.firstMillis, shape)) {
            shape.boundTier = rater.tier();
            shape.boundScore = rater.score();
            shape.boundMillis = kind.firstMillis;
        }
    }

    private static boolean isBelow(long tier, double score, long millis, JobShape shape) {
        if (tier != shape.boundTier) {
            return tier < shape.boundTier;
        }
        return score != shape.boundScore ? score < shape.boundScore : millis > shape.boundMillis;
    }

    /** A kind is new, or another job came to stand first in it. */
    void changed(JobGroup kind) {
        Rater made = ahead;
        if (made != null) {
            raise(kind.shape, kind, made);
        }
    }

    /** After all kinds of a shape have been looked at: lowers its bound when jobs have left it. */
    void tighten(JobShape shape) {
        Rater made = ahead;
        if (made != null && shape.isLoose) {
            bound(shape, made);
        }
    }

    /** Whether the bound of one shape is at least that of another. */
    static boolean isHighest(JobShape shape, JobShape other) {
        return !isBelow(shape.boundTier, shape.boundScore, shape.boundMillis, other);
    }

    /** Whether a kind of the shape may come before this one. */
    static boolean reaches(JobShape shape, JobGroup best) {
        if (shape.boundTier != best.tier) {
            return shape.boundTier > best.tier;
        }
        return shape.boundScore != best.score
                ? shape.boundScore > best.score
                : shape.boundMillis <= best.firstMillis;
    }
}

package io.stepyard.scheduler;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scheduling policy: one choice for each of its few ideas.
 *
 * @param name as configuration says it
 * @param reserving what becomes of a job that does not fit
 * @param order who comes first
 * @param backfillOrder who comes first among those that may pass the reservation; null means {@code order}
 * @param choice which of several clusters
 * @param depth most waiting jobs that conservative backfill plans in one pass, 1 or more
 */
public record Policy(String name, Reserving reserving, QueueOrder order, @Nullable QueueOrder backfillOrder,
        ClusterChoice choice, int depth) {

    public Policy {
        if (depth < 1) {
            throw new IllegalArgumentException("Expected a depth of 1 or more, but found " + depth);
        }
    }

    /** What becomes of a job that does not fit. */
    public enum Reserving {
        /** Nobody passes it: the queue stops. */
        STRICT,
        /** Everybody who fits passes it. */
        GREEDY,
        /** The first gets a planned start; others pass if they do not delay it. */
        EASY,
        /** Each gets a planned start; others pass if they delay none of those before them. */
        CONSERVATIVE
    }

    Set<QueueOrder.Aspect> looksAt() {
        EnumSet<QueueOrder.Aspect> aspects = EnumSet.noneOf(QueueOrder.Aspect.class);
        aspects.addAll(order.looksAt());
        if (backfillOrder != null) {
            aspects.addAll(backfillOrder.looksAt());
            if (backfillOrder.goesByPriorityWithin() != order.goesByPriorityWithin()) {
                aspects.add(QueueOrder.Aspect.PRIORITY);
            }
        }
        if (reserving == Reserving.EASY || reserving == Reserving.CONSERVATIVE) {
            aspects.add(QueueOrder.Aspect.RUN_TIME);
        }
        return aspects;
    }
}

package io.stepyard.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which waiting job comes first: the higher tier, then the higher score, then the earlier in the queue, then the
 * smaller jobId.
 *
 * <p>Between two jobs that agree in all that the order {@link #looksAt} the earlier in the queue must not come later.
 * That is what lets the queue keep such jobs together and rank them as one.
 */
public interface QueueOrder {

    /** What of a job an order looks at beside its resources and its time in the queue. */
    enum Aspect {
        PRIORITY, TENANT, RUN_TIME
    }

    /** Ranks before the score does; 0 unless the order knows classes of jobs. */
    default long tier(Standing job) {
        return 0;
    }

    double score(Standing job);

    Set<Aspect> looksAt();

    /** Whether jobs alike in all it looks at go by priority before they go by time. */
    default boolean goesByPriorityWithin() {
        return false;
    }

    /**
     * Whether no job's rank ever falls by waiting longer, by its tenant's share falling, or by the backlog falling. Then
     * the first of a long queue is found without a look at all of it.
     */
    default boolean risesWithWaiting() {
        return false;
    }

    /** Both what this order and what another looks at. */
    static Set<Aspect> union(Set<Aspect> some, Set<Aspect> others) {
        EnumSet<Aspect> all = EnumSet.noneOf(Aspect.class);
        all.addAll(some);
        all.addAll(others);
        return all;
    }
}

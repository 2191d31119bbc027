package io.stepyard.core.scheduling;

/**
 * What a tick did, for logs and metrics.
 *
 * @param ranPass false when another scheduler holds the lease
 * @param examined waiting jobs the pass saw
 * @param granted grants committed
 * @param conflicts placements that were no longer possible at commit
 * @param signalledAgain grants of earlier ticks whose execution had not moved
 */
public record TickReport(boolean ranPass, int examined, int granted, int conflicts, int signalledAgain) {

    static final TickReport NOT_OURS = new TickReport(false, 0, 0, 0, 0);
}

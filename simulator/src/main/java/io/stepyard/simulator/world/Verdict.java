package io.stepyard.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * How one world ended.
 *
 * @param failure what was broken in it, or null
 * @param checkedTwice whether it was run a second time to compare the traces (I-14)
 */
record Verdict(long seed, WorldResult result, @Nullable Failure failure, boolean checkedTwice) {

    /**
     * A broken promise.
     *
     * @param promise number of the invariant; {@code defect} when the product threw what nobody expects
     * @param subject job or cluster it is about; empty when there is none
     */
    record Failure(String promise, String subject, String text) {}
}

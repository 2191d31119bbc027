package io.stepyard.scheduler;

/** One evaluation of the queue against one snapshot. Pure: the same input gives the same result. */
public interface Pass {

    PassResult run(PassInput input);
}

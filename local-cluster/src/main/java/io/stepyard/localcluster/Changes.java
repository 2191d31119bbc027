package io.stepyard.localcluster;

import java.util.List;

/**
 * Runs that ended after a sequence number.
 *
 * @param sequence ask for changes after this one next
 * @param truncated ends between the asked one and the first of these are no longer known
 */
record Changes(long sequence, List<RunView> ended, boolean truncated) {}

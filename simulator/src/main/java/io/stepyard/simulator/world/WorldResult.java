package io.stepyard.simulator.world;

import java.time.Duration;

/**
 * What a world was like.
 *
 * @param traceHash the same for every run of the same seed (I-14)
 * @param virtual how much time went by in it
 * @param hits how often each fault class struck
 * @param calls that could have met a fault
 * @param struck calls that met one
 */
record WorldResult(long traceHash, long steps, Duration virtual, Tally hits, long calls, long struck, int jobs,
        long runs, int clusters) {}

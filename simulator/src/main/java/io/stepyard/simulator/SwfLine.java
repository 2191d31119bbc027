package io.stepyard.simulator;

import java.util.Set;

/**
 * The fields of one line in the Standard Workload Format that matter here, as they stand there; -1 is unknown.
 *
 * @param memory requested memory: KiB for each processor, or bytes for each node when the line describes nodes
 * @param nodes nodes that a line in the MetaCentrum form describes, 0 in all others
 * @param clusters that such a line names
 */
record SwfLine(int lineNumber, long number, long submit, long waited, long run, long allocated, long requested,
        long requestedTime, long memory, long user, int nodes, Set<String> clusters) {

    private static final long MIB = 1024L * 1024;

    /** Memory of the whole job in MiB, 0 when unknown. */
    long memoryMib(long processors) {
        if (memory <= 0) {
            return 0;
        }
        return nodes > 0 ? Math.ceilDiv(memory * nodes, MIB) : Math.ceilDiv(memory * processors, 1024L);
    }
}

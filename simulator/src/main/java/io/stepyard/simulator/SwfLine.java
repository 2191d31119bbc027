package io.stepyard.simulator;

/**
 * The fields of one line in the Standard Workload Format that matter here, as they stand there; -1 is unknown.
 *
 * @param memoryKib requested memory for each processor, in KiB
 */
record SwfLine(int lineNumber, long number, long submit, long waited, long run, long allocated, long requested,
        long requestedTime, long memoryKib, long user) {}

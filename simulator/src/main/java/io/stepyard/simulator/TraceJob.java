package io.stepyard.simulator;

import java.util.Set;

/**
 * One job of a workload trace.
 *
 * @param number as the trace numbers it
 * @param submitSeconds when it was submitted, in seconds of the trace
 * @param runSeconds how long it really ran, above 0
 * @param requestSeconds the time limit its user gave, above 0
 * @param cpuMillicores it asked for, above 0
 * @param memoryMib it asked for in all, 0 when the trace does not say
 * @param user who submitted it
 * @param priority 0 when the trace knows none
 * @param clusters it may run on; empty means any
 */
public record TraceJob(long number, long submitSeconds, long runSeconds, long requestSeconds, long cpuMillicores,
        long memoryMib, String user, int priority, Set<String> clusters) {

    public TraceJob {
        clusters = Set.copyOf(clusters);
        if (runSeconds <= 0 || requestSeconds <= 0 || cpuMillicores <= 0 || memoryMib < 0) {
            throw new IllegalArgumentException("Expected run, request and cpu above 0 and memory of 0 or more, but "
                    + "found run=" + runSeconds + ", request=" + requestSeconds + ", cpuMillicores=" + cpuMillicores
                    + ", memoryMib=" + memoryMib + " in job " + number);
        }
    }

    /** Core-seconds it worked. */
    double work() {
        return cpuMillicores / 1000.0 * runSeconds;
    }
}

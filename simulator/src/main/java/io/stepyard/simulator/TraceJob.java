package io.stepyard.simulator;

/**
 * One job of a workload trace.
 *
 * @param number as the trace numbers it
 * @param submitSeconds when it was submitted, in seconds of the trace
 * @param runSeconds how long it really ran, above 0
 * @param requestSeconds the time limit its user gave, above 0
 * @param cores it asked for, above 0
 * @param memoryMib it asked for in all, 0 when the trace does not say
 * @param user who submitted it
 */
public record TraceJob(long number, long submitSeconds, long runSeconds, long requestSeconds, long cores,
        long memoryMib, String user) {

    public TraceJob {
        if (runSeconds <= 0 || requestSeconds <= 0 || cores <= 0 || memoryMib < 0) {
            throw new IllegalArgumentException("Expected run, request and cores above 0 and memory of 0 or more, but "
                    + "found run=" + runSeconds + ", request=" + requestSeconds + ", cores=" + cores + ", memoryMib="
                    + memoryMib + " in job " + number);
        }
    }
}

package io.stepyard.infra;

import java.time.Duration;

/**
 * Size of one function.
 *
 * @param memoryMib
 *            128 to 10,240; cpu grows with it
 * @param timeout
 *            whole seconds, 1 s to 15 min
 */
public record FunctionSettings(int memoryMib, Duration timeout) {

    private static final int MIN_MEMORY_MIB = 128;
    private static final int MAX_MEMORY_MIB = 10_240;
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);

    public FunctionSettings {
        BadSettings.require(memoryMib >= MIN_MEMORY_MIB && memoryMib <= MAX_MEMORY_MIB, "memoryMib", memoryMib,
                MIN_MEMORY_MIB + " to " + MAX_MEMORY_MIB);
        boolean whole = timeout.toNanosPart() == 0 && timeout.isPositive();
        BadSettings.require(whole && timeout.compareTo(MAX_TIMEOUT) <= 0, "timeoutSeconds", timeout,
                "whole seconds from 1 to " + MAX_TIMEOUT.toSeconds());
    }
}

package io.stepyard.core.memory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated run does.
 *
 * @param startDelay how long it is pending before it starts
 * @param runTime how long it runs by itself; null for ever. The job's time limit ends it before that
 * @param exitCode how it ends by itself; 0 is success
 */
public record RunScript(Duration startDelay, @Nullable Duration runTime, int exitCode, String output,
        String errorOutput) {

    /** Runs until somebody or its time limit ends it. */
    public static final RunScript ENDLESS = new RunScript(Duration.ZERO, null, 0, "", "");

    public RunScript {
        if (startDelay.isNegative() || (runTime != null && runTime.isNegative())) {
            throw new IllegalArgumentException(
                    "Expected times of 0 or more, but found startDelay=" + startDelay + ", runTime=" + runTime);
        }
    }

    public static RunScript succeedingAfter(Duration runTime) {
        return new RunScript(Duration.ZERO, runTime, 0, "", "");
    }

    public static RunScript failingAfter(Duration runTime, int exitCode, String errorOutput) {
        return new RunScript(Duration.ZERO, runTime, exitCode, "", errorOutput);
    }

    public RunScript delayedBy(Duration delay) {
        return new RunScript(delay, runTime, exitCode, output, errorOutput);
    }

    public RunScript printing(String text) {
        return new RunScript(startDelay, runTime, exitCode, text, errorOutput);
    }
}

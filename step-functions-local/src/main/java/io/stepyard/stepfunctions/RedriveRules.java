package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.Execution;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When an execution may be redriven: STANDARD, over without success, not long ago, with room in its history. */
final class RedriveRules {
    private static final Duration PERIOD = Duration.ofDays(14);

    private RedriveRules() {}

    /** Refuses with ExecutionNotRedrivable. */
    static void check(ExecutionEntry entry, int events, Instant now) {
        String reason = refusal(entry, events, now);
        if (reason != null) {
            throw new StepFunctionsException(ErrorCode.ExecutionNotRedrivable, reason);
        }
    }

    private static @Nullable String refusal(ExecutionEntry entry, int events, Instant now) {
        if (entry.machine().type().equals("EXPRESS")) {
            return "Execution is of type EXPRESS and cannot be redriven";
        }
        if (entry.isOpen() || entry.status() == ExecutionStatus.SUCCEEDED) {
            return "Execution is " + entry.status() + " and cannot be redriven";
        }
        if (events >= Execution.MAX_EVENTS - 1) {
            return "Execution history event limit exceeded";
        }
        return now.isAfter(Instant.ofEpochMilli(entry.stopMillis()).plus(PERIOD))
                ? "Execution has exceeded the redrivable period"
                : null;
    }
}

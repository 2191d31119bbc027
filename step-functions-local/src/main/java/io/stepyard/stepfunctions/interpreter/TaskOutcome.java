package io.stepyard.stepfunctions.interpreter;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a call ended. */
public sealed interface TaskOutcome {
    /** It answered. */
    record Succeeded(JsonNode output) implements TaskOutcome {}

    /** It failed, with the error name and cause that the history shows. */
    record Failed(@Nullable String error, @Nullable String cause) implements TaskOutcome {}

    /** The call went out and a callback will bring the outcome: no answer worth recording. */
    record Pending() implements TaskOutcome {}
}

package io.stepyard.stepfunctions.interpreter;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a state does next. */
sealed interface Transition {
    /** It waits for a timer, a task or its branches. */
    record Suspended() implements Transition {
        static final Suspended INSTANCE = new Suspended();
    }

    /**
     * It is left.
     *
     * @param output
     *            what it hands on
     * @param next
     *            the state to enter, or null where this was the last
     * @param assigned
     *            variables that change, by name
     */
    record Exit(JsonNode output, @Nullable String next, Map<String, JsonNode> assigned) implements Transition {}
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A state machine, parsed. Immutable. */
public final class StateMachineDefinition {
    private final States states;
    private final @Nullable Long timeoutSeconds;

    StateMachineDefinition(States states, @Nullable Long timeoutSeconds) {
        this.states = states;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Parses a definition; throws {@link DefinitionException} where it is none. */
    public static StateMachineDefinition parse(String text) {
        JsonNode root = Json.parseOrNull(text);
        if (root == null || !root.isObject()) {
            throw new DefinitionException("INVALID_JSON_DESCRIPTION: the definition is not a JSON object");
        }
        JsonNode timeout = root.get("TimeoutSeconds");
        return new StateMachineDefinition(new StatesParser().parse(root, ""),
                timeout == null ? null : (Long) timeout.asLong());
    }

    States states() {
        return states;
    }

    /** The longest an execution may take, or null. */
    @Nullable
    Long timeoutSeconds() {
        return timeoutSeconds;
    }
}

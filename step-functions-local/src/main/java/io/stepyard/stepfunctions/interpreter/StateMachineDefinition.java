package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.Json;
import java.util.Objects;
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
        return new StateMachineDefinition(
                new StatesParser(root.path("QueryLanguage").asString("JSONPath").equals("JSONata")).parse(root, ""),
                timeout == null ? null : (Long) timeout.asLong());
    }

    /** What the children of a distributed Map state run. */
    public StateMachineDefinition ofMap(String mapState) {
        return new StateMachineDefinition(map(mapState).chain(), null);
    }

    /** Whether a distributed Map state puts several items into one child execution. */
    public boolean batches(String mapState) {
        MapRunSettings distributed = map(mapState).distributed();
        return distributed != null && distributed.batcher() != null;
    }

    private MapState map(String name) {
        MapState found = findMap(states, name);
        if (found == null) {
            throw new IllegalStateException("no Map state is called '" + name + "'");
        }
        return found;
    }

    private static @Nullable MapState findMap(States within, String name) {
        for (State state : within.byName().values()) {
            MapState found = switch (state) {
                case MapState map when map.name().equals(name) -> map;
                case MapState map -> findMap(map.chain(), name);
                case ParallelState parallel -> parallel.chains().stream().map(chain -> findMap(chain, name))
                        .filter(Objects::nonNull).findFirst().orElse(null);
                default -> null;
            };
            if (found != null) {
                return found;
            }
        }
        return null;
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

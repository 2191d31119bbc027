package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.EvaluationContext;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.JsonataScope;
import io.stepyard.stepfunctions.language.Timestamps;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One chain of states under way: the machine itself, a branch or an iteration. Belongs to the interpreter's thread. */
final class Frame {
    private final Execution execution;
    private final States states;
    private final @Nullable Frame parent;
    private final int index;
    private final Map<String, JsonNode> variables = new HashMap<>(4);
    private @Nullable State state;
    private JsonNode input = Json.object();
    private String inputText = "{}";
    private long enteredEventId;
    private long enteredAfter;
    private long enteredMillis;
    private long lastEventId;
    private int[] retriesByRetrier = new int[0];
    private int retries;
    private @Nullable TaskAttempt attempt;
    private @Nullable Branches branches;
    private @Nullable MapRun mapRun;
    private @Nullable JsonNode selecting;
    private @Nullable JsonNode contextOverride;
    private boolean closed;

    /** The chain of the machine itself. */
    Frame(Execution execution, States states) {
        this(execution, states, null, 0);
    }

    /** A branch or iteration, counted from 0. */
    Frame(Execution execution, States states, @Nullable Frame parent, int index) {
        this.execution = execution;
        this.states = states;
        this.parent = parent;
        this.index = index;
    }

    Execution execution() {
        return execution;
    }

    States states() {
        return states;
    }

    @Nullable
    Frame parent() {
        return parent;
    }

    int index() {
        return index;
    }

    State state() {
        if (state == null) {
            throw new IllegalStateException("no state was entered yet in " + execution.info().arn());
        }
        return state;
    }

    boolean inState() {
        return state != null;
    }

    /** Moves into a state. */
    void entered(State next, JsonNode newInput, String newInputText, long eventId, long millis) {
        state = next;
        input = newInput;
        inputText = newInputText;
        enteredEventId = eventId;
        enteredMillis = millis;
        retriesByRetrier = new int[next.retriers().size()];
        retries = 0;
        attempt = null;
        branches = null;
    }

    void enteredAfter(long eventId) {
        enteredAfter = eventId;
    }

    JsonNode input() {
        return input;
    }

    String inputText() {
        return inputText;
    }

    long enteredEventId() {
        return enteredEventId;
    }

    /** The event before the entry into the current state. */
    long enteredAfter() {
        return enteredAfter;
    }

    long enteredMillis() {
        return enteredMillis;
    }

    long lastEventId() {
        return lastEventId;
    }

    void lastEventId(long id) {
        lastEventId = id;
    }

    int retriesOf(int retrier) {
        return retriesByRetrier[retrier];
    }

    void countRetry(int retrier) {
        retriesByRetrier[retrier]++;
        retries++;
    }

    void resetRetries() {
        retriesByRetrier = new int[retriesByRetrier.length];
        retries = 0;
    }

    @Nullable
    TaskAttempt attempt() {
        return attempt;
    }

    void attempt(@Nullable TaskAttempt current) {
        attempt = current;
    }

    @Nullable
    Branches branches() {
        return branches;
    }

    void branches(@Nullable Branches running) {
        branches = running;
    }

    @Nullable
    MapRun mapRun() {
        return mapRun;
    }

    void mapRun(@Nullable MapRun running) {
        mapRun = running;
    }

    /** Sets the item that the ItemSelector of the current Map state looks at. */
    void selecting(@Nullable JsonNode item) {
        selecting = item;
    }

    /** Whether it was given up: nothing more happens in it. */
    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    void assign(Map<String, JsonNode> values) {
        variables.putAll(values);
    }

    /** A variable of this chain or of one around it. */
    @Nullable
    JsonNode variable(String name) {
        JsonNode own = variables.get(name);
        return own != null || parent == null ? own : parent.variable(name);
    }

    private Map<String, JsonNode> allVariables() {
        if (parent == null) {
            return variables;
        }
        Map<String, JsonNode> all = new HashMap<>(parent.allVariables());
        all.putAll(variables);
        return all;
    }

    /** What JSONPath expressions of the current state see, with this value for {@code $}. */
    EvaluationContext context(JsonNode dollar) {
        return new EvaluationContext() {
            @Override
            public JsonNode input() {
                return dollar;
            }

            @Override
            public JsonNode context() {
                return contextObject();
            }

            @Override
            public @Nullable JsonNode variable(String name) {
                return Frame.this.variable(name);
            }

            @Override
            public RandomGenerator random() {
                return execution.host().random();
            }
        };
    }

    /** What JSONata expressions of the current state see. */
    JsonataScope scope(@Nullable JsonNode result, @Nullable JsonNode errorOutput) {
        ObjectNode seen = Json.object();
        seen.set("input", input);
        if (result != null) {
            seen.set("result", result);
        }
        if (errorOutput != null) {
            seen.set("errorOutput", errorOutput);
        }
        seen.set("context", contextObject());
        return new JsonataScope(seen, allVariables(), execution.nowMillis(), execution.host().random());
    }

    /** Sets a context object in place of the execution's own. */
    void contextOverride(@Nullable JsonNode context) {
        contextOverride = context;
    }

    private JsonNode contextObject() {
        if (contextOverride != null) {
            return contextOverride;
        }
        ExecutionInfo info = execution.info();
        ObjectNode root = Json.object();
        root.putObject("Execution").put("Id", info.arn()).set("Input", execution.inputNode())
                .put("StartTime", Timestamps.text(info.startMillis())).put("Name", info.name())
                .put("RoleArn", info.roleArn());
        if (!info.isExpress() && execution.host().serviceDate().countsRedrives()) {
            ((ObjectNode) root.path("Execution")).put("RedriveCount", execution.redriveCount());
        }
        root.putObject("StateMachine").put("Id", info.stateMachineArn()).put("Name", info.stateMachineName());
        if (state != null) {
            ObjectNode current = root.putObject("State").put("Name", state.name()).put("EnteredTime",
                    Timestamps.text(enteredMillis));
            if (state.canRetry()) {
                current.put("RetryCount", retries);
            }
        }
        if (attempt != null && attempt.token() != null) {
            root.putObject("Task").put("Token", attempt.token());
        }
        JsonNode item = mapItem();
        if (item != null) {
            root.putObject("Map").set("Item", item);
        }
        return root;
    }

    /** The item of the innermost Map around this chain, or that a Map of this chain is about to start. */
    private @Nullable JsonNode mapItem() {
        if (selecting != null) {
            return selecting;
        }
        for (Frame frame = this; frame.parent != null; frame = frame.parent) {
            Branches around = frame.parent.branches;
            JsonNode item = around == null ? null : around.item(frame.index);
            if (item != null) {
                return item;
            }
        }
        return execution.mapItem();
    }

    /** What AWS writes before the reason where something about the current state cannot be evaluated. */
    String explained(String detail) {
        return "An error occurred while executing the state '" + state().name() + "' (entered at the event id #"
                + enteredEventId + "). " + detail;
    }
}

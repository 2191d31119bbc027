package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.language.EvaluationContext;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
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
    private final Map<String, JsonNode> variables = new HashMap<>();
    private @Nullable State state;
    private JsonNode input = Json.object();
    private String inputText = "{}";
    private long enteredEventId;
    private long enteredMillis;
    private long lastEventId;
    private int[] retriesByRetrier = new int[0];
    private int retries;
    private @Nullable TaskAttempt attempt;

    Frame(Execution execution, States states) {
        this.execution = execution;
        this.states = states;
    }

    Execution execution() {
        return execution;
    }

    States states() {
        return states;
    }

    State state() {
        if (state == null) {
            throw new IllegalStateException("no state was entered yet in " + execution.info().arn());
        }
        return state;
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

    @Nullable
    TaskAttempt attempt() {
        return attempt;
    }

    void attempt(@Nullable TaskAttempt current) {
        attempt = current;
    }

    void assign(Map<String, JsonNode> values) {
        variables.putAll(values);
    }

    /** What expressions of the current state see, with this value for {@code $}. */
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
                return variables.get(name);
            }

            @Override
            public RandomGenerator random() {
                return execution.host().random();
            }
        };
    }

    private ObjectNode contextObject() {
        ExecutionInfo info = execution.info();
        ObjectNode root = Json.object();
        root.putObject("Execution").put("Id", info.arn()).set("Input", execution.inputNode())
                .put("Name", info.name()).put("RoleArn", info.roleArn())
                .put("StartTime", Timestamps.text(info.startMillis())).put("RedriveCount", execution.redriveCount());
        root.putObject("StateMachine").put("Id", info.stateMachineArn()).put("Name", info.stateMachineName());
        if (state != null) {
            root.putObject("State").put("Name", state.name()).put("EnteredTime", Timestamps.text(enteredMillis))
                    .put("RetryCount", retries);
        }
        if (attempt != null && attempt.token() != null) {
            root.putObject("Task").put("Token", attempt.token());
        }
        return root;
    }

    /** The failure AWS reports for an expression that cannot be evaluated in the current state. */
    StateFailure failure(EvaluationException reason) {
        return new StateFailure(reason.error(), "An error occurred while executing the state '" + state().name()
                + "' (entered at the event id #" + enteredEventId + "). " + reason.detail());
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Retrier;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes a chain of states from state to state, through Retry and Catch, until it waits or ends. */
final class Driver {
    private final Execution execution;

    Driver(Execution execution) {
        this.execution = execution;
    }

    /** Runs a chain of states from here until it waits or ends. */
    void drive(Frame frame, Supplier<Transition> first) {
        Transition transition = guarded(frame, first);
        while (transition instanceof Transition.Exit exit && !execution.ended()) {
            Transition.Exit leaving = exit;
            transition = guarded(frame, () -> leave(frame, leaving));
        }
    }

    /** Failures become what Retry and Catch of the state make of them. */
    private Transition guarded(Frame frame, Supplier<Transition> step) {
        StateFailure failure;
        try {
            return step.get();
        } catch (StateFailure failed) {
            failure = failed;
        } catch (EvaluationException refused) {
            failure = frame.failure(refused);
        }
        StateFailure first = failure;
        try {
            return handle(frame, first);
        } catch (StateFailure second) {
            return fail(frame, second);
        } catch (EvaluationException refused) {
            return fail(frame, frame.failure(refused));
        }
    }

    Transition enter(Frame frame, String name, JsonNode newInput, String text) {
        State state = frame.states().named(name);
        long id = execution.emit(frame, state.enteredType(), EventDetails.of(Detail.INPUT, text, Detail.NAME, name));
        frame.entered(state, newInput, text, id, execution.nowMillis());
        return state.enter(frame);
    }

    @SuppressWarnings("ReferenceEquality")
    private Transition leave(Frame frame, Transition.Exit exit) {
        State state = frame.state();
        // Most states hand their input on untouched; its text is known then.
        String text = exit.output() == frame.input() ? frame.inputText() : Json.text(exit.output());
        if (Json.tooLarge(text)) {
            throw new StateFailure(ErrorNames.DATA_LIMIT_EXCEEDED, "The state/task '" + state.name()
                    + "' returned a result with a size exceeding the maximum number of bytes service limit.");
        }
        state.leave(frame);
        execution.emit(frame, state.exitedType(), EventDetails.builder().put(Detail.NAME, state.name())
                .put(Detail.OUTPUT, text).put(Detail.ASSIGNED_VARIABLES, texts(exit.assigned())).build());
        frame.assign(exit.assigned());
        if (exit.next() != null) {
            return enter(frame, exit.next(), exit.output(), text);
        }
        execution.end(frame.lastEventId(), EventType.EXECUTION_SUCCEEDED, EventDetails.of(Detail.OUTPUT, text));
        return Transition.Suspended.INSTANCE;
    }

    private static @Nullable Map<String, String> texts(Map<String, JsonNode> assigned) {
        if (assigned.isEmpty()) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        assigned.forEach((name, value) -> texts.put(name, Json.text(value)));
        return texts;
    }

    private Transition handle(Frame frame, StateFailure failure) {
        State state = frame.state();
        String error = failure.error() == null ? "" : failure.error();
        int retrier = matchingRetrier(frame, error, failure.heartbeat());
        if (retrier >= 0) {
            Retrier rule = state.retriers().get(retrier);
            Instant due = Instant.ofEpochMilli(failure.millis(execution.nowMillis()))
                    .plus(rule.delay(frame.retriesOf(retrier), execution.host().random()));
            frame.countRetry(retrier);
            execution.arm(frame, new TimerKey(TimerKey.Kind.RETRY, frame.lastEventId()), due);
            return Transition.Suspended.INSTANCE;
        }
        for (Catcher catcher : state.catchers()) {
            if (catcher.errors().matches(error, failure.heartbeat())) {
                JsonNode output = state.flow().caught(frame, catcher, errorOutput(failure));
                return new Transition.Exit(output, catcher.next(), Map.of());
            }
        }
        return fail(frame, failure);
    }

    /** The first retrier that takes this error, if it has retries left; otherwise -1. */
    private static int matchingRetrier(Frame frame, String error, boolean heartbeat) {
        List<Retrier> retriers = frame.state().retriers();
        for (int i = 0; i < retriers.size(); i++) {
            if (retriers.get(i).errors().matches(error, heartbeat)) {
                return frame.retriesOf(i) < retriers.get(i).maxAttempts() ? i : -1;
            }
        }
        return -1;
    }

    /** Counts a retry that the history shows to have happened. */
    static void recountRetry(Frame frame, StateFailure failure) {
        int retrier = matchingRetrier(frame, failure.error() == null ? "" : failure.error(), failure.heartbeat());
        if (retrier >= 0) {
            frame.countRetry(retrier);
        }
    }

    private static ObjectNode errorOutput(StateFailure failure) {
        ObjectNode output = Json.object();
        if (failure.error() != null) {
            output.put("Error", failure.error());
        }
        if (failure.cause() != null) {
            output.put("Cause", failure.cause());
        }
        return output;
    }

    private Transition fail(Frame frame, StateFailure failure) {
        frame.state().leave(frame);
        execution.end(frame.lastEventId(), EventType.EXECUTION_FAILED,
                Execution.failure(failure.error(), failure.cause()));
        return Transition.Suspended.INSTANCE;
    }
}

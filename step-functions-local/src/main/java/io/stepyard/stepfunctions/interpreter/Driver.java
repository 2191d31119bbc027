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
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes chains of states from state to state, through Retry and Catch, until they wait or end. Chains that run side by side
 * take turns, state by state.
 */
final class Driver {
    private final Execution execution;
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

    Driver(Execution execution) {
        this.execution = execution;
    }

    /** Runs until every chain waits. */
    void run() {
        for (Runnable step = ready.poll(); step != null && !execution.ended(); step = ready.poll()) {
            step.run();
        }
    }

    /** Lets a chain enter its first state. */
    void begin(Frame frame, JsonNode input, String text) {
        drive(frame, () -> enter(frame, frame.states().startAt(), input, text));
    }

    /** Lets a chain take a step. */
    void drive(Frame frame, Supplier<Transition> step) {
        ready.add(() -> {
            if (!frame.closed() && guarded(frame, step) instanceof Transition.Exit exit) {
                drive(frame, () -> leave(frame, exit));
            }
        });
    }

    /** Failures become what Retry and Catch of the state make of them. */
    private Transition guarded(Frame frame, Supplier<Transition> step) {
        StateFailure failure;
        try {
            return step.get();
        } catch (StateFailure failed) {
            failure = failed;
        } catch (EvaluationException refused) {
            failure = failureOf(frame, refused);
        }
        StateFailure first = failure;
        try {
            return handle(frame, first);
        } catch (StateFailure second) {
            return fail(frame, second);
        } catch (EvaluationException refused) {
            return fail(frame, failureOf(frame, refused));
        }
    }

    /** The failure AWS reports for an expression that cannot be evaluated; for JSONata with an event of its own. */
    private StateFailure failureOf(Frame frame, EvaluationException refused) {
        String cause = frame.explained(refused.detail());
        if (refused.error().equals(ErrorNames.QUERY_EVALUATION_ERROR)) {
            boolean justEntered = frame.lastEventId() == frame.enteredEventId() && !refused.entered();
            EventDetails details = EventDetails.builder().put(Detail.CAUSE, cause).put(Detail.ERROR, refused.error())
                    .put(Detail.LOCATION, refused.location()).put(Detail.STATE, frame.state().name()).build();
            frame.lastEventId(
                    execution.emitAside(justEntered ? frame.enteredAfter() : frame.lastEventId(),
                            EventType.EVALUATION_FAILED, details));
        }
        return new StateFailure(refused.error(), cause);
    }

    private Transition enter(Frame frame, String name, JsonNode newInput, String text) {
        State state = frame.states().named(name);
        frame.enteredAfter(frame.lastEventId());
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
        ended(frame, exit.output(), text);
        return Transition.Suspended.INSTANCE;
    }

    private void ended(Frame frame, JsonNode output, String text) {
        Frame parent = frame.parent();
        if (parent == null) {
            execution.end(frame.lastEventId(), EventType.EXECUTION_SUCCEEDED, EventDetails.of(Detail.OUTPUT, text));
        } else if (parent.state() instanceof BranchingState branching) {
            drive(parent, () -> branching.branchEnded(parent, frame, output));
        }
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
            Instant due = Instant.ofEpochMilli(execution.nowMillis())
                    .plus(rule.delay(frame.retriesOf(retrier), execution.host().random()));
            frame.countRetry(retrier);
            execution.armRetry(frame, retrier, due);
            return Transition.Suspended.INSTANCE;
        }
        for (Catcher catcher : state.catchers()) {
            if (catcher.errors().matches(error, failure.heartbeat())) {
                state.givingUp(frame, failure);
                JsonNode errorOutput = errorOutput(failure);
                return new Transition.Exit(state.flow().caught(frame, catcher, errorOutput), catcher.next(),
                        state.flow().assignedByCatcher(frame, catcher, errorOutput));
            }
        }
        state.givingUp(frame, failure);
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

    static ObjectNode errorOutput(StateFailure failure) {
        // Both fields are always there; a time-out has an empty cause.
        boolean timeout = failure.cause() == null && ErrorNames.TIMEOUT.equals(failure.error());
        return Json.object().put("Error", failure.error()).put("Cause", timeout ? "" : failure.cause());
    }

    private Transition fail(Frame frame, StateFailure failure) {
        frame.state().leave(frame);
        Frame parent = frame.parent();
        if (parent == null) {
            execution.end(frame.lastEventId(), EventType.EXECUTION_FAILED,
                    StateFailure.details(failure.error(), failure.cause()));
        } else if (parent.state() instanceof BranchingState branching) {
            drive(parent, () -> {
                throw branching.branchFailed(parent, frame, failure);
            });
        }
        return Transition.Suspended.INSTANCE;
    }
}

package io.stepyard.core.memory;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers the signals it was given and answers as Step Functions would: a token can be answered once. */
public final class RecordingSignals implements WorkflowSignals {

    /** A signal that was delivered. */
    public sealed interface Signal {

        TaskToken token();

        record Success(TaskToken token, String outputJson) implements Signal {}

        record Failure(TaskToken token, String error, String cause) implements Signal {}
    }

    private final List<Signal> delivered = new ArrayList<>();
    private final Set<TaskToken> closed = new HashSet<>();
    private final Deque<SignalResult> scripted = new ArrayDeque<>();

    /** Makes the next signal end so, whatever its token; with UNAVAILABLE it has not arrived. */
    public synchronized RecordingSignals answerNext(SignalResult result) {
        scripted.add(result);
        return this;
    }

    /** From now on the token is superseded, as after a time-out of its state. */
    public synchronized void expire(TaskToken token) {
        closed.add(token);
    }

    /** What was delivered, oldest first. */
    public synchronized List<Signal> delivered() {
        return List.copyOf(delivered);
    }

    @Override
    public synchronized SignalResult success(TaskToken token, String outputJson) {
        return signal(new Signal.Success(token, outputJson));
    }

    @Override
    public synchronized SignalResult failure(TaskToken token, String error, String cause) {
        return signal(new Signal.Failure(token, error, cause));
    }

    private SignalResult signal(Signal signal) {
        SignalResult result = scripted.isEmpty() ? SignalResult.DELIVERED : scripted.remove();
        if (result == SignalResult.DELIVERED && !closed.add(signal.token())) {
            return SignalResult.SUPERSEDED;
        }
        if (result == SignalResult.DELIVERED) {
            delivered.add(signal);
        }
        return result;
    }
}

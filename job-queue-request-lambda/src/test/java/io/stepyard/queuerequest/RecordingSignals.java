package io.stepyard.queuerequest;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import java.util.ArrayList;
import java.util.List;

/** Executions that always take an answer, and remember it. */
final class RecordingSignals implements WorkflowSignals {

    /**
     * One answer.
     *
     * @param token
     *            whose
     * @param error
     *            error name, empty for a success
     * @param cause
     *            why, or the output of a success
     */
    record Sent(String token, String error, String cause) {}

    private final List<Sent> sent = new ArrayList<>();

    List<Sent> sent() {
        return List.copyOf(sent);
    }

    void clear() {
        sent.clear();
    }

    @Override
    public SignalResult success(TaskToken token, String outputJson) {
        sent.add(new Sent(token.value(), "", outputJson));
        return SignalResult.DELIVERED;
    }

    @Override
    public SignalResult failure(TaskToken token, String error, String cause) {
        sent.add(new Sent(token.value(), error, cause));
        return SignalResult.DELIVERED;
    }
}

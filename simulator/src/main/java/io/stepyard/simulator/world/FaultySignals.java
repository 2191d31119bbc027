package io.stepyard.simulator.world;

import io.stepyard.core.job.Grant;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowExecutions;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The way to waiting executions, as the product meets it. A grant may be told only once it is committed (decision 3). */
final class FaultySignals implements WorkflowSignals, WorkflowExecutions {

    private final Processes processes;
    private final Faults faults;
    private final Trace trace;
    private final Books books;
    private @Nullable StepFunctionsEngine engine;

    private interface Call {
        void on(StepFunctionsEngine engine);
    }

    FaultySignals(Processes processes, Faults faults, Trace trace, Books books) {
        this.processes = processes;
        this.faults = faults;
        this.trace = trace;
        this.books = books;
    }

    void connect(StepFunctionsEngine started) {
        engine = started;
    }

    @Override
    public SignalResult success(TaskToken token, String outputJson) {
        FaultClass fault = processes.enter(Edge.SIGNAL);
        if (outputJson.contains("\"grantId\"")) {
            books.requireCommitted(JsonMapper.shared().readValue(outputJson, Grant.class));
        }
        return deliver(fault, "success", on -> on.sendTaskSuccess(token.value(), outputJson));
    }

    @Override
    public SignalResult failure(TaskToken token, String error, String cause) {
        FaultClass fault = processes.enter(Edge.SIGNAL);
        if (cause.contains(token.value())) {
            throw new Violation("I-13", error, "its task token stands in the cause");
        }
        return deliver(fault, error, on -> on.sendTaskFailure(token.value(), error, cause));
    }

    @Override
    public Standing standing(String executionArn) {
        FaultClass fault = processes.enter(Edge.DESCRIBE);
        StepFunctionsEngine started = engine;
        if (started == null || fault == FaultClass.DESCRIBE_THROTTLED) {
            faults.count(FaultClass.DESCRIBE_THROTTLED);
            return Standing.UNAVAILABLE;
        }
        return switch (started.describeExecution(executionArn).summary().status()) {
            case RUNNING, PENDING_REDRIVE -> Standing.OPEN;
            case SUCCEEDED -> Standing.SUCCEEDED;
            case FAILED, TIMED_OUT -> Standing.FAILED;
            case ABORTED -> Standing.ABORTED;
        };
    }

    private SignalResult deliver(@Nullable FaultClass fault, String what, Call call) {
        if (fault == FaultClass.SIGNAL_LOST) {
            faults.count(fault);
            return SignalResult.UNAVAILABLE;
        }
        SignalResult result = signal(what, call);
        if (fault == FaultClass.SIGNAL_REPEATED) {
            faults.count(fault);
            result = signal(what, call);
        }
        if (fault == FaultClass.SIGNAL_REPLY_LOST) {
            faults.count(fault);
            return SignalResult.UNAVAILABLE;
        }
        processes.leave(fault);
        return result;
    }

    private SignalResult signal(String what, Call call) {
        StepFunctionsEngine started = engine;
        if (started == null) {
            return SignalResult.UNAVAILABLE;
        }
        try {
            call.on(started);
            trace.note("signals", what);
            return SignalResult.DELIVERED;
        } catch (StepFunctionsException refused) {
            if (refused.code() == ErrorCode.TaskTimedOut || refused.code() == ErrorCode.TaskDoesNotExist
                    || refused.code() == ErrorCode.InvalidToken) {
                trace.note("signals in vain", what, refused.code());
                return SignalResult.SUPERSEDED;
            }
            throw refused;
        }
    }
}

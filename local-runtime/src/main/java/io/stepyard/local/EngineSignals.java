package io.stepyard.local;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.stepfunctions.ErrorCode;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals to executions of the engine in this process. UNAVAILABLE until it is connected: the functions exist before the engine. */
final class EngineSignals implements WorkflowSignals {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSignals.class);
    private static final int MAX_ERROR_CHARACTERS = 256;
    private static final int MAX_CAUSE_CHARACTERS = 32_768;

    private final AtomicReference<StepFunctionsEngine> engine = new AtomicReference<>();

    private interface Call {
        void on(StepFunctionsEngine engine);
    }

    void connect(StepFunctionsEngine started) {
        engine.set(started);
    }

    @Override
    public SignalResult success(TaskToken token, String outputJson) {
        return signal(started -> started.sendTaskSuccess(token.value(), outputJson));
    }

    @Override
    public SignalResult failure(TaskToken token, String error, String cause) {
        String shortError = error.substring(0, Math.min(error.length(), MAX_ERROR_CHARACTERS));
        // The end of a cause says most: it is the end of the error output.
        String shortCause = cause.substring(Math.max(0, cause.length() - MAX_CAUSE_CHARACTERS));
        return signal(started -> started.sendTaskFailure(token.value(), shortError, shortCause));
    }

    private SignalResult signal(Call call) {
        StepFunctionsEngine started = engine.get();
        if (started == null) {
            return SignalResult.UNAVAILABLE;
        }
        try {
            call.on(started);
            return SignalResult.DELIVERED;
        } catch (StepFunctionsException refused) {
            if (refused.code() == ErrorCode.TaskTimedOut || refused.code() == ErrorCode.TaskDoesNotExist
                    || refused.code() == ErrorCode.InvalidToken) {
                return SignalResult.SUPERSEDED;
            }
            throw refused;
        } catch (IllegalStateException closed) {
            // The engine stops; what is stored is signalled again after the next start.
            LOG.warn("The engine takes no signals: {}", closed.getMessage());
            return SignalResult.UNAVAILABLE;
        }
    }
}

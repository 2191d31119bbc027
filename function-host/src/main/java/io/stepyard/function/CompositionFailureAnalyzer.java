package io.stepyard.function;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator which setting keeps a service from starting, instead of where in the code that was seen. */
public final class CompositionFailureAnalyzer extends AbstractFailureAnalyzer<CompositionFailed> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CompositionFailed cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "Settings are environment variables (STEPYARD_POLL_WAIT=10s) or options (--stepyard.poll-wait=10s);"
                        + " region and credentials are those of the AWS SDK, for instance AWS_REGION.",
                cause);
    }
}

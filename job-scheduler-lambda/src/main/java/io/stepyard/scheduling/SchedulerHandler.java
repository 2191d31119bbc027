package io.stepyard.scheduling;

import io.stepyard.function.LambdaBridge;

/** The scheduler function as AWS Lambda starts it. */
public final class SchedulerHandler extends LambdaBridge {

    public SchedulerHandler() {
        super(SchedulerComposition::compose);
    }
}

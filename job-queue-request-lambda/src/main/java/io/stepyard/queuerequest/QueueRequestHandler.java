package io.stepyard.queuerequest;

import io.stepyard.function.LambdaBridge;

/** The queue request function as AWS Lambda starts it. */
public final class QueueRequestHandler extends LambdaBridge {

    public QueueRequestHandler() {
        super(QueueRequestComposition::compose);
    }
}

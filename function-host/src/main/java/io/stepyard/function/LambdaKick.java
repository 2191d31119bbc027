package io.stepyard.function;

import io.stepyard.core.scheduling.SchedulerKick;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Kicks the scheduler function by an asynchronous invocation. One that fails is logged and left to the tick. */
final class LambdaKick implements SchedulerKick {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaKick.class);

    private final LambdaClient client;
    private final String function;

    LambdaKick(LambdaClient client, String function) {
        this.client = client;
        this.function = function;
    }

    @Override
    public void kick() {
        try {
            client.invoke(request -> request.functionName(function).invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String("{}")));
        } catch (SdkException e) {
            LOG.warn("The scheduler was not kicked and will run at its tick: {}", e.getMessage());
        }
    }
}

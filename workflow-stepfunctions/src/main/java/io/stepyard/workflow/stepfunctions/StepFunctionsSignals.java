package io.stepyard.workflow.stepfunctions;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * Signals through SendTaskSuccess and SendTaskFailure. What passes by waiting (throttling, a server's error, a broken connection) has
 * been tried again by the client before it is called unavailable. Logs name the error and never the token (I-13).
 */
public final class StepFunctionsSignals implements WorkflowSignals {

    /** AWS's limit for a task's output, as UTF-8. */
    static final int MAX_OUTPUT_BYTES = 262_144;
    /** AWS's limits for a failure, in characters. */
    static final int MAX_ERROR_CHARACTERS = 256;
    static final int MAX_CAUSE_CHARACTERS = 32_768;

    private static final Logger LOG = LoggerFactory.getLogger(StepFunctionsSignals.class);
    private static final int ATTEMPTS = 4;
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(5);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(15);

    private final SfnClient client;

    /** @param client stays the caller's to close; its own retries are the only ones, see {@link #clientSettings} */
    public StepFunctionsSignals(SfnClient client) {
        this.client = client;
    }

    /** How a client for signals tries again and gives up: 4 attempts with jitter, 15 seconds in all. */
    public static ClientOverrideConfiguration clientSettings() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
                .apiCallAttemptTimeout(ATTEMPT_LIMIT).apiCallTimeout(CALL_LIMIT).build();
    }

    /** @throws IllegalArgumentException when the output is longer than Step Functions takes, or is no JSON */
    @Override
    public SignalResult success(TaskToken token, String outputJson) {
        int bytes = outputJson.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_OUTPUT_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a task output of at most " + MAX_OUTPUT_BYTES + " bytes, but found " + bytes);
        }
        return signal("SendTaskSuccess",
                () -> client.sendTaskSuccess(request -> request.taskToken(token.value()).output(outputJson)));
    }

    /** @throws IllegalArgumentException when the error name is longer than Step Functions takes */
    @Override
    public SignalResult failure(TaskToken token, String error, String cause) {
        if (error.length() > MAX_ERROR_CHARACTERS) {
            throw new IllegalArgumentException("Expected an error name of at most " + MAX_ERROR_CHARACTERS
                    + " characters, but found " + error.length());
        }
        return signal("SendTaskFailure", () -> client.sendTaskFailure(
                request -> request.taskToken(token.value()).error(error).cause(lastPart(cause))));
    }

    private static SignalResult signal(String action, Runnable send) {
        try {
            send.run();
            return SignalResult.DELIVERED;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException superseded) {
            return SignalResult.SUPERSEDED;
        } catch (InvalidOutputException malformed) {
            throw new IllegalArgumentException("Expected a task output that is JSON, but Step Functions refused it",
                    malformed);
        } catch (SdkException failure) {
            LOG.warn("{} had no good answer: {}", action, name(failure));
            return SignalResult.UNAVAILABLE;
        }
    }

    private static String name(SdkException failure) {
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.statusCode() + " " + service.awsErrorDetails().errorCode()
                : failure.getClass().getSimpleName();
    }

    /** The end of an error output says what went wrong; a pair of surrogates is not torn. */
    static String lastPart(String cause) {
        if (cause.length() <= MAX_CAUSE_CHARACTERS) {
            return cause;
        }
        int from = cause.length() - MAX_CAUSE_CHARACTERS;
        return cause.substring(Character.isLowSurrogate(cause.charAt(from)) ? from + 1 : from);
    }
}

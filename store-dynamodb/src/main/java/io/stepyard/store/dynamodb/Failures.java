package io.stepyard.store.dynamodb;

import io.stepyard.core.store.StoreUnavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's exceptions as the port's. Messages name the error and never a request, which may carry a token. */
final class Failures {

    private Failures() {}

    static <T> T reading(String what, Supplier<T> read) {
        try {
            return read.get();
        } catch (SdkException failure) {
            throw unavailable(what, failure);
        }
    }

    /** @throws IllegalArgumentException when DynamoDB says that the request itself is wrong: a bug that no repetition mends */
    static StoreUnavailable unavailable(String what, SdkException failure) {
        String error = failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorCode()
                : failure.getClass().getSimpleName();
        if ("ValidationException".equals(error)) {
            throw new IllegalArgumentException(
                    "Expected " + what + " in DynamoDB's own terms, but it refused the request",
                    failure);
        }
        return new StoreUnavailable("DynamoDB did not answer " + what + ": " + error, failure);
    }
}

package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call is refused with. */
final class Refusals {
    private Refusals() {}

    /** The error name and the message, as {@code Name: message}. */
    static String of(ThrowingCallable call) {
        StepFunctionsException refused = catchThrowableOfType(StepFunctionsException.class, call);
        return refused == null ? "not refused" : refused.code() + ": " + refused.text();
    }
}

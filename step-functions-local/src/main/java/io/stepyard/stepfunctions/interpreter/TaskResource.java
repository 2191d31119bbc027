package io.stepyard.stepfunctions.interpreter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Resource of a Task state, parsed. */
public sealed interface TaskResource {
    Pattern INTEGRATION = Pattern.compile("arn:[^:]+:states:([^:]*):([^:]*):(.+)");
    Pattern FUNCTION = Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:.+");
    Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:activity:.+");

    /** The ARN as written. */
    String arn();

    /** How an integration answers. */
    enum CallPattern {
        /** The call's own answer is the result. */
        REQUEST_RESPONSE(""),
        /** The job that the call starts is awaited. */
        SYNC(".sync"),
        /** As SYNC, with the result parsed. */
        SYNC_2(".sync:2"),
        /** A callback with the task token brings the result. */
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        CallPattern(String suffix) {
            this.suffix = suffix;
        }
    }

    /** A function by its bare ARN. */
    record Function(String arn) implements TaskResource {}

    /** An activity. */
    record Activity(String arn) implements TaskResource {}

    /**
     * An optimised or SDK integration.
     *
     * @param service
     *            for example {@code lambda} or {@code aws-sdk:s3}
     * @param action
     *            for example {@code invoke}
     */
    record Integration(String arn, String service, String action, CallPattern pattern) implements TaskResource {
        /** The action with the pattern, as the history shows it. */
        public String resourceText() {
            return action + pattern.suffix;
        }

        /** Whether a callback brings the result. */
        public boolean waitsForToken() {
            return pattern == CallPattern.WAIT_FOR_TASK_TOKEN;
        }
    }

    /** Parses a Resource, or answers null where it is none. */
    static @Nullable TaskResource parse(String arn) {
        if (FUNCTION.matcher(arn).matches()) {
            return new Function(arn);
        }
        if (ACTIVITY.matcher(arn).matches()) {
            return new Activity(arn);
        }
        Matcher integration = INTEGRATION.matcher(arn);
        if (!integration.matches() || !integration.group(1).isEmpty() || !integration.group(2).isEmpty()) {
            return null;
        }
        return parseIntegration(arn, integration.group(3));
    }

    private static @Nullable TaskResource parseIntegration(String arn, String text) {
        CallPattern pattern = CallPattern.REQUEST_RESPONSE;
        for (CallPattern candidate : CallPattern.values()) {
            if (!candidate.suffix.isEmpty() && text.endsWith(candidate.suffix)) {
                pattern = candidate;
            }
        }
        String call = text.substring(0, text.length() - pattern.suffix.length());
        int colon = call.lastIndexOf(':');
        return colon <= 0 || colon == call.length() - 1
                ? null
                : new Integration(arn, call.substring(0, colon), call.substring(colon + 1), pattern);
    }
}

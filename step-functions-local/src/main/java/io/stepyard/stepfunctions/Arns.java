package io.stepyard.stepfunctions;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ARNs and names: how they are made, and AWS's rules for them. */
final class Arns {
    /** Longest name of a machine, an execution or an activity. */
    static final int MAX_NAME_CHARS = 80;
    private static final int MAX_ARN_CHARS = 256;
    private static final Pattern FORBIDDEN = Pattern
            .compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\u0000-\\u001f\\u007f-\\u009f]");
    private static final String STATE_MACHINE = ":stateMachine:";
    private static final String EXECUTION = ":execution:";

    private Arns() {}

    static String stateMachine(String region, String account, String name) {
        return "arn:aws:states:" + region + ":" + account + STATE_MACHINE + name;
    }

    static String activity(String region, String account, String name) {
        return "arn:aws:states:" + region + ":" + account + ":activity:" + name;
    }

    static String execution(String stateMachineArn, String name) {
        return stateMachineArn.replace(STATE_MACHINE, EXECUTION) + ":" + name;
    }

    /** An Express execution has another form: its name comes before a number that the service adds. */
    static String expressExecution(String stateMachineArn, String name) {
        return stateMachineArn.replace(STATE_MACHINE, ":express:") + ":" + name + ":"
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The ARN of the machine an execution belongs to, or null where the text is no execution ARN. */
    static @Nullable String stateMachineOfExecution(String executionArn) {
        if (executionArn.contains(":express:")) {
            String[] parts = executionArn.split(":", -1);
            return parts.length != 9
                    ? null
                    : stateMachine(parts[3], parts[4], parts[6]);
        }
        int colon = executionArn.lastIndexOf(':');
        String machine = colon < 0 ? "" : executionArn.substring(0, colon);
        return machine.contains(EXECUTION) ? machine.replace(EXECUTION, STATE_MACHINE) : null;
    }

    /** The name in an execution's ARN. */
    static String executionName(String arn) {
        String[] parts = arn.split(":", -1);
        return arn.contains(":express:") && parts.length == 9 ? parts[7] : parts[parts.length - 1];
    }

    /** Refuses with InvalidArn what is no ARN at all. */
    static void check(String arn) {
        if (!arn.startsWith("arn:")) {
            throw new StepFunctionsException(ErrorCode.InvalidArn, "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
        }
        if (arn.length() > MAX_ARN_CHARS || arn.split(":", -1).length < 6 || !arn.split(":", -1)[2].equals("states")) {
            throw new StepFunctionsException(ErrorCode.InvalidArn, "Invalid Arn: '" + arn + "'");
        }
    }

    /** Refuses with InvalidName what AWS refuses. */
    static void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS || FORBIDDEN.matcher(name).find()) {
            throw new StepFunctionsException(ErrorCode.InvalidName, "Invalid Name: '" + name + "'");
        }
    }
}

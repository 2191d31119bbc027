package io.stepyard.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.VersionOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * One function with a role and a log group of its own. Everybody calls a published version, never the newest code: a running execution keeps the
 * code it began with, so versions stay when the stack moves on.
 */
final class JobFunction extends Construct {

    private static final int NO_RESERVATION = -1;

    private final Function function;
    private final Role role;

    /**
     * What a function is made of.
     *
     * @param handler
     *            class name of the handler
     * @param zip
     *            its code
     * @param settings
     *            its size
     * @param environment
     *            its variables; never a secret
     * @param asyncRetries
     *            how often Lambda repeats an asynchronous call that failed
     * @param deadLetters
     *            where asynchronous calls end that failed for good
     * @param reservedConcurrency
     *            how many may run at once; {@value #NO_RESERVATION} for no limit of its own
     */
    record Spec(String handler, Path zip, FunctionSettings settings, Map<String, String> environment, int asyncRetries,
            IQueue deadLetters, int reservedConcurrency) {

        Spec {
            environment = Map.copyOf(environment);
        }

        static Spec of(String handler, Path zip, FunctionSettings settings, Map<String, String> environment,
                IQueue deadLetters) {
            return new Spec(handler, zip, settings, environment, 2, deadLetters, NO_RESERVATION);
        }

        /** One at a time, and a call that failed is not repeated: the next tick comes anyway. */
        Spec single() {
            return new Spec(handler, zip, settings, environment, 0, deadLetters, 1);
        }
    }

    JobFunction(Construct scope, String id, StackSettings stack, String physicalName, Spec spec) {
        super(scope, id);
        LogGroup log = LogGroup.Builder.create(this, "Log").retention(Retention.ofDays(stack.logRetentionDays()))
                .removalPolicy(RemovalPolicy.RETAIN).build();
        role = Role.Builder.create(this, "Role").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build();
        allow(PolicyStatement.Builder.create().actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(log.getLogGroupArn())).build());
        Function.Builder builder = Function.Builder.create(this, "Function")
                .functionName(stack.physicalName(physicalName))
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(spec.handler())
                .code(Code.fromAsset(spec.zip().toString()))
                .memorySize(spec.settings().memoryMib())
                .timeout(Duration.seconds(spec.settings().timeout().toSeconds()))
                .environment(spec.environment())
                .role(role)
                .logGroup(log)
                .currentVersionOptions(VersionOptions.builder()
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .retryAttempts(spec.asyncRetries())
                        .maxEventAge(Duration.minutes(1))
                        .onFailure(new SqsDestination(spec.deadLetters()))
                        .build());
        if (spec.reservedConcurrency() != NO_RESERVATION) {
            builder.reservedConcurrentExecutions(spec.reservedConcurrency());
        }
        function = builder.build();
    }

    void allow(PolicyStatement... statements) {
        for (PolicyStatement statement : statements) {
            role.addToPolicy(statement);
        }
    }

    /** The version that this deployment publishes. */
    IVersion version() {
        return function.getCurrentVersion();
    }

    String versionArn() {
        return version().getFunctionArn();
    }

    /** Every version of the function: executions that began before this deployment still call the one they began with. */
    String anyVersionArn() {
        return function.getFunctionArn() + ":*";
    }

    PolicyStatement allowInvoke() {
        return PolicyStatement.Builder.create().actions(List.of("lambda:InvokeFunction"))
                .resources(List.of(versionArn())).build();
    }
}

package io.stepyard.infra;

import java.time.Duration;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/** A call of a function again and again. One that fails is not repeated, since the next one does the same work. */
final class Tick extends Construct {

    /**
     * What is called, and how often.
     *
     * @param name
     *            physical name, without the deployment's prefix
     * @param description
     *            one sentence for people
     * @param every
     *            whole minutes
     * @param event
     *            what the function gets, JSON
     */
    record Call(String name, String description, Duration every, String event) {

        String expression() {
            long minutes = every.toMinutes();
            return minutes == 1 ? "rate(1 minute)" : "rate(" + minutes + " minutes)";
        }
    }

    Tick(Construct scope, String id, StackSettings settings, Call call, JobFunction function, IQueue deadLetters) {
        super(scope, id);
        Role role = Role.Builder.create(this, "Role").assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
                .build();
        role.addToPolicy(function.allowInvoke());
        role.addToPolicy(PolicyStatement.Builder.create().actions(List.of("sqs:SendMessage"))
                .resources(List.of(deadLetters.getQueueArn())).build());
        CfnSchedule.Builder.create(this, "Schedule")
                .name(settings.physicalName(call.name()))
                .description(call.description())
                .scheduleExpression(call.expression())
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(function.versionArn())
                        .roleArn(role.getRoleArn())
                        .input(call.event())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder().maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(60).build())
                        .deadLetterConfig(
                                CfnSchedule.DeadLetterConfigProperty.builder().arn(deadLetters.getQueueArn()).build())
                        .build())
                .build();
    }
}

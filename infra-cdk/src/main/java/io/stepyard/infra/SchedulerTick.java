package io.stepyard.infra;

import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/** The clock of the scheduler: a call each tick, never repeated, since the next tick does the same work. */
final class SchedulerTick extends Construct {

    SchedulerTick(Construct scope, String id, StackSettings settings, JobFunction scheduler, IQueue deadLetters) {
        super(scope, id);
        Role role = Role.Builder.create(this, "Role").assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
                .build();
        role.addToPolicy(scheduler.allowInvoke());
        role.addToPolicy(PolicyStatement.Builder.create().actions(List.of("sqs:SendMessage"))
                .resources(List.of(deadLetters.getQueueArn())).build());
        long minutes = settings.tick().toMinutes();
        CfnSchedule.Builder.create(this, "Schedule")
                .name(settings.physicalName("tick"))
                .description("Runs the scheduler when nothing else has")
                .scheduleExpression(minutes == 1 ? "rate(1 minute)" : "rate(" + minutes + " minutes)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(scheduler.versionArn())
                        .roleArn(role.getRoleArn())
                        .input("{\"reason\":\"tick\"}")
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder().maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(60).build())
                        .deadLetterConfig(
                                CfnSchedule.DeadLetterConfigProperty.builder().arn(deadLetters.getQueueArn()).build())
                        .build())
                .build();
    }
}

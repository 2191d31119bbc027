package io.stepyard.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.StateMachineType;
import software.constructs.Construct;

/** The Standard state machine, one execution per job. Numbers are put into its definition here, function versions by CloudFormation. */
final class JobManager extends Construct {

    private static final String NAME = "job-manager";

    private final StateMachine machine;

    JobManager(Construct scope, String id, StackSettings settings, Definition shipped, JobFunction queueRequest,
            JobFunction adapter) {
        super(scope, id);
        Map<String, String> functions = Map.of("JobQueueRequestFunction", queueRequest.versionArn(),
                "ClusterAdapterFunction", adapter.versionArn());
        Definition definition = shipped.with(settings.workflow().numbers()).requireOnly(functions.keySet());
        Role role = Role.Builder.create(this, "Role").assumedBy(new ServicePrincipal("states.amazonaws.com")).build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("lambda:InvokeFunction"))
                .resources(List.of(queueRequest.anyVersionArn(), adapter.anyVersionArn()))
                .build());
        // The prefix keeps the log's resource policy below its size limit, however many state machines an account has.
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .logGroupName("/aws/vendedlogs/states/" + settings.physicalName(NAME))
                .retention(Retention.ofDays(settings.logRetentionDays()))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        machine = StateMachine.Builder.create(this, "StateMachine")
                .stateMachineName(settings.physicalName(NAME))
                .stateMachineType(StateMachineType.STANDARD)
                .definitionBody(DefinitionBody.fromString(definition.text()))
                .definitionSubstitutions(functions)
                .role(role)
                .tracingEnabled(true)
                .logs(LogOptions.builder().destination(log)
                        .level(settings.workflow().logEveryStep() ? LogLevel.ALL : LogLevel.ERROR)
                        .includeExecutionData(false).build())
                // Deleting it would end every running job; an uninstall takes it away by hand when the last job has ended.
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        Suppressions.on(role, "AwsSolutions-IAM5",
                "Running executions call the versions they began with, so every version of the two functions is allowed; log delivery and X-Ray take no narrower resource.");
        Suppressions.on(machine, "AwsSolutions-SF1",
                "Errors are logged and every event is kept in the execution's history; logging all of them is a setting (logEveryStep) with its price.");
    }

    String arn() {
        return machine.getStateMachineArn();
    }

    /**
     * The ARN by name, for the policies of functions: a reference would close the circle of function, state machine and policy.
     */
    static String arnByName(Stack stack, StackSettings settings) {
        return stack.formatArn(ArnComponents.builder()
                .service("states")
                .resource("stateMachine")
                .resourceName(settings.physicalName(NAME))
                .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                .build());
    }
}

package io.stepyard.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Tells the cluster adapter of executions that ended without running their own clean-up: what they hold is released, what runs is cancelled. These
 * events are best effort, so the sweep looks for the same jobs.
 */
final class EndedExecutions extends Construct {

    EndedExecutions(Construct scope, String id, JobManager jobManager, JobFunction adapter, IQueue deadLetters) {
        super(scope, id);
        Rule.Builder.create(this, "Rule")
                .description("Executions that were stopped, timed out or failed")
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.states"))
                        .detailType(List.of("Step Functions Execution Status Change"))
                        .detail(Map.of("stateMachineArn", List.of(jobManager.arn()), "status",
                                List.of("ABORTED", "TIMED_OUT", "FAILED")))
                        .build())
                .targets(List.of(
                        LambdaFunction.Builder.create(adapter.version()).event(release()).deadLetterQueue(deadLetters)
                                .maxEventAge(Duration.hours(1)).retryAttempts(10).build()))
                .build();
    }

    /** What the adapter is asked to do; the execution's name is the job's id. */
    private static RuleTargetInput release() {
        return RuleTargetInput.fromObject(Map.of("command", "RELEASE", "jobId", EventField.fromPath("$.detail.name"),
                "executionArn", EventField.fromPath("$.detail.executionArn"), "error",
                EventField.fromPath("$.detail.status")));
    }
}

package io.stepyard.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Tells the cluster adapter of executions that ended without running their own clean-up: what they hold is released, what runs is cancelled. These
 * events are best effort, so the scheduler's sweep looks for the same jobs.
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
                .targets(List.of(LambdaFunction.Builder.create(adapter.version()).deadLetterQueue(deadLetters)
                        .maxEventAge(Duration.hours(1)).retryAttempts(10).build()))
                .build();
    }
}

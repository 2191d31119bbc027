package io.stepyard.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The whole system in one account and region (A2-A5, A21, A38, D3). A function of its settings and files alone: two syntheses of the same input are
 * the same template.
 */
public final class StepyardStack extends Stack {

    private static final String JOB_QUEUE = "JobQueue";
    private static final String JOB_RUNS = "JobRuns";
    private static final String CLUSTERS = "Clusters";
    private static final String LEASES = "Leases";

    public StepyardStack(Construct scope, String id, StackSettings settings, Artifacts artifacts) {
        super(scope, id, StackProps.builder().description("Stepyard: runs jobs on the clusters you own").build());
        Tables tables = new Tables(this, "Tables", settings, TableShape.read(artifacts.tables()));
        Queue deadLetters = deadLetters();
        Map<String, String> environment = environment(tables);

        JobFunction scheduler = new JobFunction(this, "Scheduler", settings, "scheduler",
                JobFunction.Spec.of("io.stepyard.scheduling.SchedulerHandler", artifacts.schedulerZip(),
                        settings.scheduler(), environment, deadLetters).single());
        Map<String, String> kicking = new LinkedHashMap<>(environment);
        kicking.put("STEPYARD_SCHEDULER_FUNCTION", scheduler.versionArn());
        JobFunction queueRequest = new JobFunction(this, "QueueRequest", settings, "queue-request",
                JobFunction.Spec.of("io.stepyard.queuerequest.QueueRequestHandler", artifacts.queueRequestZip(),
                        settings.queueRequest(), kicking, deadLetters));
        JobFunction adapter = new JobFunction(this, "Adapter", settings, "adapter",
                JobFunction.Spec.of("io.stepyard.adapter.AdapterHandler", artifacts.adapterZip(), settings.adapter(),
                        kicking, deadLetters));
        allow(settings, tables, scheduler, queueRequest, adapter);

        JobManager jobManager = new JobManager(this, "JobManager", settings, Definition.read(artifacts.definition()),
                queueRequest, adapter);
        new Tick(this, "Tick", settings,
                new Tick.Call("tick", "Runs the scheduler when nothing else has", settings.tick(), "{}"), scheduler,
                deadLetters);
        new Tick(this, "Sweep", settings, new Tick.Call("sweep", "Looks after jobs whose execution or cluster has gone",
                settings.sweep(), "{\"command\":\"SWEEP\"}"), adapter, deadLetters);
        new EndedExecutions(this, "EndedExecutions", jobManager, adapter, deadLetters);
        CfnOutput.Builder.create(this, "StateMachineArn")
                .description("Start an execution of it with a job's JSON; its name is the job's id")
                .value(jobManager.arn()).build();
        CfnOutput.Builder.create(this, "DeadLettersUrl")
                .description("Calls that failed for good; empty when all is well").value(deadLetters.getQueueUrl())
                .build();
    }

    /** What each function does to tables, executions and other functions, and nothing else. */
    private void allow(StackSettings settings, Tables tables, JobFunction scheduler, JobFunction queueRequest,
            JobFunction adapter) {
        String machine = JobManager.arnByName(this, settings);
        queueRequest.allow(tables.allow(JOB_RUNS, "GetItem", "PutItem"), tables.allow(JOB_QUEUE, "PutItem"),
                tables.allow(CLUSTERS, "Query"),
                signals(machine, "states:SendTaskSuccess", "states:SendTaskFailure"), scheduler.allowInvoke());
        scheduler.allow(tables.allow(JOB_RUNS, "BatchGetItem", "GetItem", "PutItem"),
                tables.allowQuery(JOB_RUNS, "LiveRuns"), tables.allow(JOB_QUEUE, "DeleteItem"),
                tables.allowQuery(JOB_QUEUE, "QueueByPriority"), tables.allowQuery(JOB_RUNS, "RunsByState"),
                tables.allow(CLUSTERS, "GetItem", "PutItem", "Query", "UpdateItem"),
                tables.allow(LEASES, "ConditionCheckItem", "GetItem", "PutItem"),
                signals(machine, "states:SendTaskSuccess"));
        // It fails the tokens of jobs that leave the queue; a success is never its to say.
        adapter.allow(tables.allow(JOB_RUNS, "BatchGetItem", "GetItem", "PutItem"),
                tables.allowQuery(JOB_RUNS, "LiveRuns"), tables.allow(JOB_QUEUE, "DeleteItem"),
                tables.allow(CLUSTERS, "GetItem", "UpdateItem"), signals(machine, "states:SendTaskFailure"),
                scheduler.allowInvoke());
    }

    private static PolicyStatement signals(String machine, String... actions) {
        return PolicyStatement.Builder.create().actions(List.of(actions)).resources(List.of(machine)).build();
    }

    private static Map<String, String> environment(Tables tables) {
        Map<String, String> environment = new LinkedHashMap<>();
        tables.all()
                .forEach((name,
                        table) -> environment.put("STEPYARD_TABLE_"
                                + name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT),
                                table.getTableName()));
        return environment;
    }

    private Queue deadLetters() {
        Queue queue = Queue.Builder.create(this, "DeadLetters").encryption(QueueEncryption.SQS_MANAGED).enforceSsl(true)
                .retentionPeriod(Duration.days(14)).build();
        Suppressions.on(queue, "AwsSolutions-SQS3", "This is the dead letter queue.");
        return queue;
    }
}

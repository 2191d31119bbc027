package io.stepyard.function;

import io.stepyard.clusters.ClusterAdapters;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.LocalCredentials;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import io.stepyard.workflow.stepfunctions.StepFunctionsSignals;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The ports of a function that runs on AWS, or beside an on-premises cluster, made from its settings. Each is made when it is first asked
 * for, so a function needs settings and rights for what it uses only.
 */
public final class FunctionPorts {

    private final FunctionSettings settings;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    public FunctionPorts(FunctionSettings settings) {
        this.settings = settings;
    }

    public FunctionSettings settings() {
        return settings;
    }

    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Jobs, queue, clusters and leases in the tables that the settings name. */
    public DynamoStore store() {
        DynamoTables tables = new DynamoTables(settings.text("stepyard.table.job-queue", DynamoTables.JOB_QUEUE),
                settings.text("stepyard.table.job-runs", DynamoTables.JOB_RUNS),
                settings.text("stepyard.table.clusters", DynamoTables.CLUSTERS),
                settings.text("stepyard.table.leases", DynamoTables.LEASES));
        return new DynamoStore(
                at(DynamoDbClient.builder().httpClient(http), "stepyard.dynamodb-endpoint").build(), tables,
                settings.whole("stepyard.queue-shards", 1), Backoff.standard(new SecureRandom()),
                () -> UUID.randomUUID().toString());
    }

    public WorkflowSignals signals() {
        return new StepFunctionsSignals(at(
                SfnClient.builder().httpClient(http).overrideConfiguration(StepFunctionsSignals.clientSettings()),
                "stepyard.step-functions-endpoint").build());
    }

    public ClusterGateway gateway() {
        return ClusterAdapters.all(new ClusterCalls(CallSettings.DEFAULT, new LocalCredentials(System.getenv())),
                clock());
    }

    /** Calls the scheduler function without waiting for it; without one in the settings the tick alone has to do. */
    public SchedulerKick kick() {
        String function = settings.text("stepyard.scheduler-function", "");
        if (function.isEmpty()) {
            return () -> {
                // Nobody to kick.
            };
        }
        return new LambdaKick(at(LambdaClient.builder().httpClient(http), "stepyard.lambda-endpoint").build(),
                function);
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder, String setting) {
        String endpoint = settings.text(setting, "");
        return endpoint.isEmpty() ? builder : builder.endpointOverride(URI.create(endpoint));
    }
}

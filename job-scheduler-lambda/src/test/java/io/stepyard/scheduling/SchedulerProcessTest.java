package io.stepyard.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.contracts.MotoServer;
import io.stepyard.contracts.RecordingHttpServer;
import io.stepyard.contracts.ServiceProcess;
import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The service as a process of its own, with its own composition: tables on moto_server, one cluster with room for one of two jobs. */
class SchedulerProcessTest {

    private static final DynamoTables TABLES = DynamoTables.withPrefix("process-");

    private static Map<String, String> environment = Map.of();
    private static @Nullable MotoServer moto;
    private static @Nullable DynamoDbClient client;
    private static @Nullable RecordingHttpServer aws;
    private static @Nullable ServiceProcess service;

    @BeforeAll
    @SuppressWarnings("SystemOut") // A skipped test says why where everybody sees it.
    static void start() throws IOException {
        if (!MotoServer.isOnPath()) {
            System.out.println("SKIPPED: the scheduler service was not started on moto: no moto_server on PATH"
                    + " (pip install 'moto[server]')");
        }
        Assumptions.assumeTrue(MotoServer.isOnPath(), "no moto_server on PATH");
        MotoServer started = MotoServer.start();
        moto = started;
        client = DynamoDbClient.builder().endpointOverride(started.endpoint()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create()).build();
        TABLES.create(client);
        RecordingHttpServer others = new RecordingHttpServer(Map.of("/", "{}", "/metrics", """
                stepyard_cluster_cpu_capacity_cores 4
                stepyard_cluster_cpu_used_cores 0
                stepyard_cluster_memory_capacity_bytes 8589934592
                stepyard_cluster_memory_used_bytes 0
                stepyard_cluster_sample_timestamp_seconds %d
                """.formatted(Instant.now().getEpochSecond())));
        aws = others;
        store().commit(List.of(new StoreWrite.InsertCluster(new ClusterRecord("zurich", 1, "http",
                others.address(), Resources.ofCores(4, 8192), Map.of(), false, null,
                Resources.NONE, ClusterRecord.Health.NEVER_CHECKED))));
        environment = new HashMap<>(ServiceProcess.anyAwsAccount());
        environment.putAll(Map.of("STEPYARD_DYNAMODB_ENDPOINT", started.endpoint().toString(),
                "STEPYARD_STEP_FUNCTIONS_ENDPOINT", others.address().toString(), "STEPYARD_SAMPLE_MAX_AGE",
                "10m", "STEPYARD_TABLE_JOB_QUEUE",
                TABLES.jobQueue(), "STEPYARD_TABLE_JOB_RUNS", TABLES.jobRuns(), "STEPYARD_TABLE_CLUSTERS",
                TABLES.clusters(), "STEPYARD_TABLE_LEASES", TABLES.leases()));
        service = ServiceProcess.start(SchedulerApplication.class, environment);
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable part : new AutoCloseable[]{service, aws, client}) {
            close(part);
        }
        if (moto != null) {
            moto.close();
        }
    }

    private static void close(@Nullable AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
        } catch (Exception failed) {
            throw new AssertionError("Expected " + part + " to close", failed);
        }
    }

    private static DynamoStore store() {
        return new DynamoStore(Objects.requireNonNull(client), TABLES, 1, Backoff.standard(new Random(1)),
                () -> UUID.randomUUID().toString());
    }

    private static ServiceProcess service() {
        return Objects.requireNonNull(service);
    }

    private static RecordingHttpServer aws() {
        return Objects.requireNonNull(aws);
    }

    private static void accept(String jobId) {
        DynamoStore store = store();
        new AcceptJob(store, store, new RecordingSignals(), () -> {
            // The test ticks itself.
        }, InstantSource.system(), new JobReader()).accept(new QueueRequest(jobId,
                "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:" + jobId, Instant.now(), """
                        {"schemaVersion": 1, "name": "nightly", "cpu": 3, "memory": "1GiB",
                         "run": {"kind": "command", "command": ["true"]}}""",
                new TaskToken("secret-token-of-" + jobId)));
    }

    @Test
    void shouldGrantWhatFitsAndTellItsExecution() throws IOException, InterruptedException {
        accept("first-1");
        accept("second-1");

        HttpResponse<String> answer = service().invoke("scheduler", "{}");

        assertThat(answer.body()).isEqualTo(
                "{\"ranPass\":true,\"examined\":2,\"granted\":1,\"conflicts\":0,\"signalledAgain\":0}");
        assertThat(store().run("first-1").orElseThrow().state()).isEqualTo(JobState.GRANTED);
        assertThat(store().waiting(10)).extracting(row -> row.jobId()).containsExactly("second-1");
        assertThat(store().cluster("zurich").orElseThrow().reserved()).isEqualTo(Resources.ofCores(3, 1024));
        assertThat(aws().requests()).filteredOn(request -> request.target().endsWith(".SendTaskSuccess"))
                .singleElement().satisfies(
                        request -> assertThat(request.body()).contains("secret-token-of-first-1", "zurich"));
        assertThat(service().output()).doesNotContain("secret-token-of-");

        // As AWS Lambda starts it: another JVM with the same environment, and a queue that is full.
        assertThat(LambdaOnce.call(environment)).isEqualTo(
                "{\"ranPass\":true,\"examined\":1,\"granted\":0,\"conflicts\":0,\"signalledAgain\":0}");
    }

    @Test
    void shouldServeHealthAndPrometheusMetricsOfItsCalls() throws IOException, InterruptedException {
        assertThat(service().invoke("scheduler", "{\"source\":\"aws.events\"}").body()).contains("\"ranPass\":true");

        assertThat(service().get("/actuator/health").body()).contains("\"UP\"");
        assertThat(service().get("/actuator/prometheus").body())
                .contains("stepyard_function_calls_seconds_count", "function=\"scheduler\"", "outcome=\"ok\"");
    }
}

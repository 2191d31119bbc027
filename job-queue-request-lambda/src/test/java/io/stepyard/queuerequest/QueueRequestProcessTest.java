package io.stepyard.queuerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.contracts.MotoServer;
import io.stepyard.contracts.RecordingHttpServer;
import io.stepyard.contracts.ServiceProcess;
import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
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

/** The service as a process of its own, with its own composition: tables on moto_server, executions that take every answer. */
class QueueRequestProcessTest {

    private static final DynamoTables TABLES = DynamoTables.withPrefix("process-");

    private static @Nullable MotoServer moto;
    private static @Nullable DynamoDbClient client;
    private static @Nullable RecordingHttpServer aws;
    private static @Nullable ServiceProcess service;

    @BeforeAll
    @SuppressWarnings("SystemOut") // A skipped test says why where everybody sees it.
    static void start() throws IOException {
        if (!MotoServer.isOnPath()) {
            System.out.println("SKIPPED: the queue request service was not started on moto: no moto_server on PATH"
                    + " (pip install 'moto[server]')");
        }
        Assumptions.assumeTrue(MotoServer.isOnPath(), "no moto_server on PATH");
        MotoServer started = MotoServer.start();
        moto = started;
        client = DynamoDbClient.builder().endpointOverride(started.endpoint()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create()).build();
        TABLES.create(client);
        store().commit(List.of(new StoreWrite.InsertCluster(new ClusterRecord("zurich", 1, "http",
                URI.create("http://127.0.0.1:8091"), Resources.ofCores(4, 8192), Map.of(), false, null,
                Resources.NONE, ClusterRecord.Health.NEVER_CHECKED))));
        RecordingHttpServer others = new RecordingHttpServer(
                Map.of("/", "{}", "/2015-03-31/functions/scheduler/invocations", ""));
        aws = others;
        Map<String, String> environment = new HashMap<>(ServiceProcess.anyAwsAccount());
        environment.putAll(Map.of("STEPYARD_DYNAMODB_ENDPOINT", started.endpoint().toString(),
                "STEPYARD_STEP_FUNCTIONS_ENDPOINT", others.address().toString(), "STEPYARD_LAMBDA_ENDPOINT",
                others.address().toString(), "STEPYARD_SCHEDULER_FUNCTION", "scheduler", "STEPYARD_TABLE_JOB_QUEUE",
                TABLES.jobQueue(), "STEPYARD_TABLE_JOB_RUNS", TABLES.jobRuns(), "STEPYARD_TABLE_CLUSTERS",
                TABLES.clusters(), "STEPYARD_TABLE_LEASES", TABLES.leases()));
        service = ServiceProcess.start(QueueRequestApplication.class, environment);
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

    private static String event(String jobId, int cores) {
        return """
                {"jobId": "%s", "executionArn": "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:%s",
                 "startedAt": "2026-11-21T07:59:59Z", "taskToken": "secret-token-of-%s",
                 "job": {"schemaVersion": 1, "name": "nightly", "cpu": %d, "memory": "1GiB",
                         "run": {"kind": "command", "command": ["true"]}}}
                """
                .formatted(jobId, jobId, jobId, cores);
    }

    @Test
    void shouldPutAJobIntoTheTablesAndKickTheScheduler() throws IOException, InterruptedException {
        HttpResponse<String> answer = service().invoke("queue-request", event("nightly-1", 2));

        assertThat(answer.body()).isEqualTo("{\"acceptance\":\"QUEUED\"}");
        assertThat(store().run("nightly-1")).isPresent();
        assertThat(store().waiting(10)).extracting(row -> row.jobId()).contains("nightly-1");
        assertThat(aws().requests()).extracting(RecordingHttpServer.Request::path)
                .contains("/2015-03-31/functions/scheduler/invocations");
        assertThat(service().output()).doesNotContain("secret-token-of-nightly-1");
    }

    @Test
    void shouldFailTheTokenOfAJobThatFitsNoCluster() throws IOException, InterruptedException {
        HttpResponse<String> answer = service().invoke("queue-request", event("too-big-1", 64));

        assertThat(answer.body()).isEqualTo("{\"acceptance\":\"REJECTED\"}");
        assertThat(store().run("too-big-1")).isEmpty();
        assertThat(aws().requests()).filteredOn(request -> request.target().endsWith(".SendTaskFailure"))
                .singleElement().satisfies(request -> assertThat(request.body())
                        .contains("secret-token-of-too-big-1", AcceptJob.REJECTED, "zurich"));
    }

    @Test
    void shouldTellWhatIsWrongWithAnEvent() throws IOException, InterruptedException {
        HttpResponse<String> answer = service().invoke("queue-request", "{\"jobId\":\"x\"}");

        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body()).contains("IllegalArgumentException", "executionArn");
        assertThat(service().invoke("another", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldServeHealthAndPrometheusMetricsOfItsCalls() throws IOException, InterruptedException {
        service().invoke("queue-request", event("nightly-2", 1));

        assertThat(service().get("/actuator/health").body()).contains("\"UP\"");
        assertThat(service().get("/actuator/prometheus").body())
                .contains("stepyard_function_calls_seconds_count", "function=\"queue-request\"", "outcome=\"ok\"");
    }
}

package io.stepyard.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.contracts.MotoServer;
import io.stepyard.contracts.RecordingHttpServer;
import io.stepyard.contracts.ServiceProcess;
import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.Grant;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.job.RunSteps;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.function.Events;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
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
import tools.jackson.databind.JsonNode;

/** The service as a process of its own, with its own composition: tables on moto_server, and a cluster that runs what it is given. */
class AdapterProcessTest {

    private static final DynamoTables TABLES = DynamoTables.withPrefix("process-");
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:";

    private static @Nullable MotoServer moto;
    private static @Nullable DynamoDbClient client;
    private static @Nullable RecordingHttpServer aws;
    private static @Nullable ServiceProcess service;

    @BeforeAll
    @SuppressWarnings("SystemOut") // A skipped test says why where everybody sees it.
    static void start() throws IOException {
        if (!MotoServer.isOnPath()) {
            System.out.println("SKIPPED: the cluster adapter service was not started on moto: no moto_server on PATH"
                    + " (pip install 'moto[server]')");
        }
        Assumptions.assumeTrue(MotoServer.isOnPath(), "no moto_server on PATH");
        MotoServer started = MotoServer.start();
        moto = started;
        client = DynamoDbClient.builder().endpointOverride(started.endpoint()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create()).build();
        TABLES.create(client);
        RecordingHttpServer others = new RecordingHttpServer(Map.of("/v1/runs/nightly-1.1", """
                {"runId":"r-1","key":"nightly-1.1","jobId":"nightly-1","state":"RUNNING",
                 "startedAt":"2026-11-21T08:00:01Z","endedAt":null,"exitCode":null,"message":null}"""));
        aws = others;
        store().commit(List.of(new StoreWrite.InsertCluster(new ClusterRecord("zurich", 1, "http",
                others.address(), Resources.ofCores(4, 8192), Map.of(), false, null,
                Resources.NONE, ClusterRecord.Health.NEVER_CHECKED))));
        Map<String, String> environment = new HashMap<>(ServiceProcess.anyAwsAccount());
        environment.putAll(Map.of("STEPYARD_DYNAMODB_ENDPOINT", started.endpoint().toString(),
                "STEPYARD_STEP_FUNCTIONS_ENDPOINT", others.address().toString(), "STEPYARD_LAMBDA_ENDPOINT",
                others.address().toString(), "STEPYARD_POLL_WAIT", "7s", "STEPYARD_POLL_FRACTION", "0",
                "STEPYARD_TABLE_JOB_QUEUE",
                TABLES.jobQueue(), "STEPYARD_TABLE_JOB_RUNS", TABLES.jobRuns(), "STEPYARD_TABLE_CLUSTERS",
                TABLES.clusters(), "STEPYARD_TABLE_LEASES", TABLES.leases()));
        service = ServiceProcess.start(AdapterApplication.class, environment);
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

    /** A job in the queue, as the queue request function leaves it. */
    private static JobRun waiting(String jobId) {
        DynamoStore store = store();
        new AcceptJob(store, store, new RecordingSignals(), () -> {
            // The scheduler does not run here.
        }, InstantSource.fixed(NOW), new JobReader()).accept(new QueueRequest(jobId, ARN + jobId, NOW, """
                {"schemaVersion": 1, "name": "nightly", "cpu": 2, "memory": "1GiB",
                 "run": {"kind": "command", "command": ["true"]}}""", new TaskToken("secret-token-of-" + jobId)));
        return store.run(jobId).orElseThrow();
    }

    /** A job that the scheduler has granted zurich to. */
    private static JobRun granted(String jobId) {
        JobRun waiting = waiting(jobId);
        DynamoStore store = store();
        Lease lease = store.acquire("scheduler", "test", Instant.now(), Duration.ofMinutes(1)).orElseThrow();
        JobRun granted = RunSteps.granted(waiting, "zurich", lease.epoch(), NOW);
        assertThat(store.commit(List.of(new StoreWrite.ReplaceRun(granted),
                new StoreWrite.DeleteQueueRow(jobId, waiting.spec().priority()),
                new StoreWrite.Reserve("zurich", granted.spec().resources(), Resources.ofCores(4, 8192))))
                .isCommitted())
                .isTrue();
        return granted;
    }

    private static JsonNode grant(JobRun run) {
        return Events.MAPPER.valueToTree(Grant.of(run.jobId(), run.attempts().getLast()));
    }

    @Test
    void shouldSubmitAGrantedJobToItsClusterAndSayThatItRuns() throws IOException, InterruptedException {
        JsonNode grant = grant(granted("nightly-1"));

        HttpResponse<String> started = service().invoke("adapter", "{\"command\":\"START\",\"grant\":" + grant + "}");
        HttpResponse<String> status = service().invoke("adapter", "{\"command\":\"STATUS\",\"grant\":" + grant + "}");

        assertThat(started.body()).isEqualTo(grant.toString());
        assertThat(aws().requests()).filteredOn(request -> request.method().equals("PUT")).singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"cpuMillicores\":2000"));
        assertThat(status.body()).contains("\"status\":\"IN_PROGRESS\"", "\"waitSeconds\":7");
        assertThat(store().run("nightly-1").orElseThrow().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldTakeAJobOutOfTheQueueWhenItsExecutionGivesItUp() throws IOException, InterruptedException {
        JobRun run = waiting("given-up-1");

        HttpResponse<String> answer = service().invoke("adapter", """
                {"command":"RELEASE","jobId":"given-up-1","executionArn":"%s","error":"States.Timeout"}"""
                .formatted(run.executionArn()));

        assertThat(answer.body()).contains("\"state\":");
        assertThat(store().run("given-up-1").orElseThrow().state().isFinal()).isTrue();
        assertThat(store().waiting(10)).extracting(row -> row.jobId()).doesNotContain("given-up-1");
    }

    @Test
    void shouldTellAnErrorByItsClassNameAsTheStateMachineCatchesIt() throws IOException, InterruptedException {
        HttpResponse<String> answer = service().invoke("adapter", """
                {"command":"STATUS","grant":{"jobId":"nobody","attempt":1,"cluster":"zurich","grantId":"e1-a1"}}""");

        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body()).contains("\"errorType\":\"io.stepyard.core.job.GrantExpired\"");
    }

    @Test
    void shouldServeHealthAndPrometheusMetricsOfItsCalls() throws IOException, InterruptedException {
        assertThat(service().invoke("adapter", "{\"command\":\"SWEEP\"}").body()).contains("\"looked\":");

        assertThat(service().get("/actuator/health").body()).contains("\"UP\"");
        assertThat(service().get("/actuator/prometheus").body())
                .contains("stepyard_function_calls_seconds_count", "function=\"adapter\"", "outcome=\"ok\"");
    }
}

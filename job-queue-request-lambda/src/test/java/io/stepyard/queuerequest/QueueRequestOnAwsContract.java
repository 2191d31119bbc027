package io.stepyard.queuerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.function.Events;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.dynamodb.Backoff;
import io.stepyard.store.dynamodb.DynamoStore;
import io.stepyard.store.dynamodb.DynamoTables;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** What queue request does to the tables of an AWS, whichever one stands in: the same tests for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueueRequestOnAwsContract {

    private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:";

    private final RecordingSignals signals = new RecordingSignals();
    private final AtomicInteger kicks = new AtomicInteger();
    private DynamoDbClient client;
    private DynamoTables tables;
    private QueueRequestFunction function;

    /** Where this AWS answers; not called when there is none, since the subclass has aborted by then. */
    abstract URI endpoint();

    @BeforeEach
    void deploy() {
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        tables = DynamoTables.withPrefix("queue-request-" + DEPLOYMENTS.incrementAndGet() + "-");
        tables.create(client);
        DynamoStore store = new DynamoStore(client, tables, 1, Backoff.standard(new Random(1)),
                () -> UUID.randomUUID().toString());
        store.commit(List.of(new StoreWrite.InsertCluster(new ClusterRecord("zurich", 1, "http",
                URI.create("http://127.0.0.1:8091"), Resources.ofCores(4, 8192), Map.of(), false,
                null, Resources.NONE, ClusterRecord.Health.NEVER_CHECKED))));
        signals.clear();
        kicks.set(0);
        function = new QueueRequestFunction(new AcceptJob(store, store, signals, kicks::incrementAndGet,
                InstantSource.fixed(NOW), new JobReader()));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldPutAJobIntoTheQueueWithItsTokenAndItsNeeds() {
        JsonNode reply = function.handle(event("nightly-1", "token-1", 700, 2));

        assertThat(reply.get("acceptance").asString()).isEqualTo("QUEUED");
        assertThat(rows(tables.jobQueue())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("jobId", text("nightly-1"))
                        .containsEntry("priority", AttributeValue.fromN("700"))
                        .containsEntry("cpuMillicores", AttributeValue.fromN("2000"))
                        .containsEntry("memoryMib", AttributeValue.fromN("1024"))
                        .containsEntry("callbackId", text("token-1")));
        assertThat(rows(tables.jobRuns())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("jobId", text("nightly-1")));
        assertThat(kicks).hasValue(1);
        assertThat(signals.sent()).isEmpty();
    }

    @Test
    void shouldKeepOneJobWhenTheRequestComesTwice() {
        function.handle(event("nightly-2", "token-1", 700, 2));
        JsonNode again = function.handle(event("nightly-2", "token-1", 700, 2));

        assertThat(again.get("acceptance").asString()).isEqualTo("QUEUED");
        assertThat(rows(tables.jobQueue())).hasSize(1);
        assertThat(rows(tables.jobRuns())).hasSize(1);
    }

    @Test
    void shouldTakeTheNewerTokenWhenTheStateIsRepeated() {
        function.handle(event("nightly-3", "token-1", 700, 2));
        function.handle(event("nightly-3", "token-2", 700, 2));

        assertThat(rows(tables.jobQueue())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("callbackId", text("token-2")));
    }

    @Test
    void shouldFailTheTokenOfAJobThatFitsNoClusterAndQueueNothing() {
        JsonNode reply = function.handle(event("too-big", "token-1", 700, 64));

        assertThat(reply.get("acceptance").asString()).isEqualTo("REJECTED");
        assertThat(rows(tables.jobQueue())).isEmpty();
        assertThat(rows(tables.jobRuns())).isEmpty();
        assertThat(signals.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.token()).isEqualTo("token-1");
            assertThat(sent.error()).isEqualTo(AcceptJob.REJECTED);
            assertThat(sent.cause()).contains("zurich");
        });
    }

    private List<Map<String, AttributeValue>> rows(String table) {
        return client.scan(request -> request.tableName(table).consistentRead(true)).items();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static JsonNode event(String jobId, String token, int priority, int cores) {
        return Events.MAPPER.readTree(
                """
                        {"jobId": "%s", "executionArn": "%s", "startedAt": "2026-11-21T07:59:59Z", "taskToken": "%s",
                         "job": {"schemaVersion": 1, "name": "nightly", "tenant": "research", "priority": %d, "cpu": %d, "memory": "1GiB",
                                 "run": {"kind": "command", "command": ["true"]}}}
                        """
                        .formatted(jobId, ARN + jobId, token, priority, cores));
    }
}

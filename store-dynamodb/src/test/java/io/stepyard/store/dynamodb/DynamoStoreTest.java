package io.stepyard.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.contracts.Rows;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the items look like from outside: the shape that the source design, the indexes and operators rely on. */
class DynamoStoreTest {

    private static @Nullable DynamoEndpoint endpoint;

    private DynamoTables tables = DynamoTables.withPrefix("none-");
    private @Nullable DynamoStore store;

    @BeforeAll
    static void findDynamoDb() throws IOException {
        endpoint = DynamoEndpoint.open().orElse(null);
        Assumptions.assumeTrue(endpoint != null, "no DynamoDB to test against");
    }

    @AfterAll
    static void leaveDynamoDb() throws IOException {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @BeforeEach
    void makeTables() {
        tables = endpoint().newTables();
        store = new DynamoStore(client(), tables, 4, Backoff.standard(new Random(1)),
                () -> UUID.randomUUID().toString());
    }

    private static DynamoEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    private static DynamoDbClient client() {
        return endpoint().client();
    }

    private DynamoStore store() {
        return Objects.requireNonNull(store);
    }

    private void given(StoreWrite... writes) {
        assertThat(store().commit(List.of(writes)).isCommitted()).isTrue();
    }

    @Test
    void shouldKeepTheSourceDesignsKeyAndEveryFurtherAttributeOfAWaitingJob() {
        JobSpec spec = Rows.spec("research", 7);
        Map<String, Object> further = Map.of("dataset", "s3://bucket/key", "rows", 12, "ratio", 0.5, "flag", true,
                "nested", Map.of("list", List.of(1, "two")), "huge", new java.math.BigDecimal("1e400"));
        JobSpec withAttributes = new JobSpec(spec.name(), spec.tenant(), 7, spec.resources(), spec.timeLimit(),
                spec.clusters(), spec.labels(), spec.run(), spec.environment(), spec.retry(), further);
        given(new InsertQueueRow(new QueueRow("job-1", 7, Rows.START, 2, withAttributes, Rows.token("job-1"))));

        Map<String, AttributeValue> item = client().getItem(request -> request.tableName(tables.jobQueue())
                .key(Map.of("jobId", AttributeValue.fromS("job-1"), "priority", AttributeValue.fromN("7")))).item();

        assertThat(item).containsEntry("callbackId", AttributeValue.fromS("secret-token-of-job-1"))
                .containsEntry("cpuMillicores", AttributeValue.fromN("1500"))
                .containsEntry("memoryMib", AttributeValue.fromN("2048"))
                .containsEntry("enqueuedAt", AttributeValue.fromS("2026-11-21T12:00:00.000000001Z"))
                .containsEntry("attemptsMade", AttributeValue.fromN("2"));
        assertThat(Items.required(item, "attributes").m()).containsOnlyKeys(further.keySet())
                .containsEntry("dataset", AttributeValue.fromS("s3://bucket/key"))
                .containsEntry("rows", AttributeValue.fromN("12")).containsEntry("ratio", AttributeValue.fromN("0.5"))
                .containsEntry("flag", AttributeValue.fromBool(true))
                .containsEntry("nested", AttributeValue.fromM(Map.of("list",
                        AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS("two"))))))
                .containsEntry("huge", AttributeValue.fromS("1E+400"));
    }

    @Test
    void shouldCarryNoTokenInAnyIndex() {
        given(new InsertRun(Rows.queued("job-1")), new InsertQueueRow(Rows.waiting("job-1", 7, Rows.START)));
        given(new ReplaceRun(Rows.next(Rows.queued("job-1"), JobState.GRANTED)));

        for (DynamoTables.Shape shape : DynamoTables.shapes()) {
            for (DynamoTables.Index index : shape.indexes()) {
                assertThat(index.projection()).doesNotContain("callbackId");
            }
        }
        for (int shard = 0; shard < 4; shard++) {
            AttributeValue partition = AttributeValue.fromS("queue#" + shard);
            assertThat(client().query(request -> request.tableName(tables.jobQueue())
                    .indexName(DynamoTables.QUEUE_BY_PRIORITY).keyConditionExpression("queueShard = :p")
                    .expressionAttributeValues(Map.of(":p", partition))).items().toString())
                    .doesNotContain("secret-token");
        }
        assertThat(Items.required(client().getItem(request -> request.tableName(tables.jobRuns())
                .key(Map.of("jobId", AttributeValue.fromS("job-1")))).item(), "body").s())
                .doesNotContain("secret-token");
    }

    @Test
    void shouldNeverScan() {
        given(new InsertRun(Rows.queued("job-1")), new InsertCluster(Rows.cluster("zurich")));
        given(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY));
        store().run("job-1");
        store().runs(new io.stepyard.core.store.RunQuery(java.util.Set.of(), "research", 10, null));
        store().waiting(10);
        store().liveRuns();
        store().countByState();
        store().clusters();
        store().cluster("zurich");

        assertThat(endpoint().operations()).contains("DynamoDB_20120810.TransactWriteItems")
                .noneMatch(operation -> operation.endsWith("Scan"));
    }

    @Test
    void shouldReadListsLongerThanOneAnswerOfDynamoDb() {
        for (int i = 0; i < 250; i += 50) {
            StoreWrite[] writes = new StoreWrite[50];
            for (int j = 0; j < 50; j++) {
                writes[j] = new InsertRun(Rows.queued("job-" + (i + j), "research", Rows.START.plusSeconds(i + j)));
            }
            given(writes);
        }

        assertThat(store().runs(new io.stepyard.core.store.RunQuery(java.util.Set.of(), null, 240, null)).items())
                .hasSize(240).first().extracting(io.stepyard.core.store.JobRun::jobId).isEqualTo("job-249");
        assertThat(store().countByState()).containsEntry(JobState.QUEUED, 250L);
    }

    @Test
    void shouldMakeTablesThatAreThereAlready() {
        tables.create(client());
        given(new InsertRun(Rows.queued("job-1")));
        assertThat(store().run("job-1")).isPresent();
    }
}

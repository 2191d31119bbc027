package io.stepyard.store.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The names of the four tables of one deployment.
 *
 * @param jobQueue waiting jobs
 * @param jobRuns the authority on every job's life
 * @param clusters registrations, health and ledgers
 * @param leases temporary ownership
 */
public record DynamoTables(String jobQueue, String jobRuns, String clusters, String leases) {

    public static final String JOB_QUEUE = "JobQueue";
    public static final String JOB_RUNS = "JobRuns";
    public static final String CLUSTERS = "Clusters";
    public static final String LEASES = "Leases";

    public static final String QUEUE_BY_PRIORITY = "QueueByPriority";
    public static final String LIVE_RUNS = "LiveRuns";
    public static final String RUNS_BY_STATE = "RunsByState";
    public static final String RUNS_BY_TIME = "RunsByTime";

    /** Names as the deployment makes them: prefix {@code stepyard-} gives {@code stepyard-JobQueue}. */
    public static DynamoTables withPrefix(String prefix) {
        return new DynamoTables(prefix + JOB_QUEUE, prefix + JOB_RUNS, prefix + CLUSTERS, prefix + LEASES);
    }

    /**
     * Makes the tables that are not there, billed by request, and waits until they can be used. For emulators and tests: a deployment
     * makes them from the same tables.json.
     */
    public void create(DynamoDbClient client) {
        for (Shape shape : shapes()) {
            String name = physicalName(shape.name());
            try {
                client.createTable(shape.request(name));
            } catch (ResourceInUseException isThere) {
                // As wanted; that its keys are right is shown by the first use.
            }
        }
        for (Shape shape : shapes()) {
            client.waiter().waitUntilTableExists(request -> request.tableName(physicalName(shape.name())));
        }
    }

    private String physicalName(String name) {
        return switch (name) {
            case JOB_QUEUE -> jobQueue;
            case JOB_RUNS -> jobRuns;
            case CLUSTERS -> clusters;
            case LEASES -> leases;
            default -> throw new IllegalStateException("Expected one of four tables in tables.json, but found " + name);
        };
    }

    static List<Shape> shapes() {
        return List.of(JsonMapper.shared().readValue(DynamoTables.class.getResourceAsStream("tables.json"),
                Shape[].class));
    }

    record Key(String name, String type) {

        AttributeDefinition definition() {
            return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
        }

        KeySchemaElement element(KeyType keyType) {
            return KeySchemaElement.builder().attributeName(name).keyType(keyType).build();
        }
    }

    record Index(String name, Key hash, Key range, List<String> projection) {

        GlobalSecondaryIndex definition() {
            return GlobalSecondaryIndex.builder().indexName(name)
                    .keySchema(hash.element(KeyType.HASH), range.element(KeyType.RANGE))
                    .projection(Projection.builder().projectionType(ProjectionType.INCLUDE)
                            .nonKeyAttributes(projection).build())
                    .build();
        }
    }

    record Shape(String name, Key hash, @Nullable Key range, @Nullable String timeToLive, List<Index> indexes) {

        CreateTableRequest request(String physicalName) {
            Map<String, Key> keys = new java.util.TreeMap<>();
            keys.put(hash.name(), hash);
            List<KeySchemaElement> schema = new java.util.ArrayList<>(List.of(hash.element(KeyType.HASH)));
            if (range != null) {
                keys.put(range.name(), range);
                schema.add(range.element(KeyType.RANGE));
            }
            for (Index index : indexes) {
                keys.put(index.hash().name(), index.hash());
                keys.put(index.range().name(), index.range());
            }
            CreateTableRequest.Builder request = CreateTableRequest.builder().tableName(physicalName).keySchema(schema)
                    .attributeDefinitions(keys.values().stream().map(Key::definition).toList())
                    .billingMode(BillingMode.PAY_PER_REQUEST);
            if (!indexes.isEmpty()) {
                request.globalSecondaryIndexes(indexes.stream().map(Index::definition).toList());
            }
            return request.build();
        }
    }
}

package io.stepyard.store.dynamodb;

import static io.stepyard.store.dynamodb.Items.text;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWriteRules;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Jobs, queue, clusters and leases in DynamoDB. Every write is conditional, a commit is one transaction, and nothing is ever scanned.
 * Single rows and clusters are read consistently; lists come through indexes, which lag by moments.
 */
public final class DynamoStore implements JobStore, ClusterStore, LeaseStore {

    private final DynamoDbClient client;
    private final DynamoTables tables;
    private final Items items;
    private final DynamoTransactions transactions;
    private final RunLists runLists;
    private final DynamoLeases leases;

    /**
     * A store of one deployment.
     *
     * @param client stays the caller's to close
     * @param shards partitions of each index, the same for everybody who uses these tables; 1 is enough up to about 1,000 writes a
     *        second
     * @param backoff after conflicts between transactions
     * @param requestTokens gives another text of 1 to 36 characters each time; a commit keeps one through all its attempts
     */
    public DynamoStore(DynamoDbClient client, DynamoTables tables, int shards, Backoff backoff,
            Supplier<String> requestTokens) {
        this.client = client;
        this.tables = tables;
        this.items = new Items(shards);
        this.transactions = new DynamoTransactions(client, new TransactItems(tables, items), backoff, requestTokens);
        this.runLists = new RunLists(client, tables.jobRuns(), items, backoff);
        this.leases = new DynamoLeases(client, tables.leases(), backoff);
    }

    @Override
    public CommitResult commit(List<StoreWrite> writes) {
        StoreWriteRules.require(writes);
        return transactions.commit(writes);
    }

    @Override
    public Optional<JobRun> run(String jobId) {
        Map<String, AttributeValue> item = Failures.reading("a run", () -> client.getItem(request -> request
                .tableName(tables.jobRuns()).key(Map.of("jobId", text(jobId))).consistentRead(true)).item());
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.run(item));
    }

    @Override
    public Page<JobRun> runs(RunQuery query) {
        return runLists.page(query);
    }

    @Override
    public List<QueueRow> waiting(int limit) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (String partition : items.partitions(Items.QUEUE_LIST)) {
            found.addAll(waiting(partition, limit));
        }
        found.sort(Comparator.comparing(item -> Items.required(item, "queueOrder").s()));
        return found.stream().limit(limit).map(Items::queueRow).toList();
    }

    private List<Map<String, AttributeValue>> waiting(String partition, int limit) {
        QueryRequest query = QueryRequest.builder().tableName(tables.jobQueue())
                .indexName(DynamoTables.QUEUE_BY_PRIORITY).keyConditionExpression("queueShard = :partition")
                .expressionAttributeValues(Map.of(":partition", text(partition))).limit(limit).build();
        return Failures.reading("the queue", () -> {
            List<Map<String, AttributeValue>> found = new ArrayList<>();
            for (var page : client.queryPaginator(query)) {
                found.addAll(page.items());
                if (found.size() >= limit) {
                    break;
                }
            }
            return found;
        });
    }

    @Override
    public List<JobRun> liveRuns() {
        return runLists.live();
    }

    @Override
    public Optional<Document> document(String name) {
        Map<String, AttributeValue> item = Failures.reading("a document", () -> client.getItem(request -> request
                .tableName(tables.clusters()).key(Items.documentKey(name)).consistentRead(true)).item());
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.document(item));
    }

    @Override
    public Map<JobState, Long> countByState() {
        return runLists.countByState();
    }

    @Override
    public List<ClusterRecord> clusters() {
        QueryRequest query = QueryRequest.builder().tableName(tables.clusters())
                .keyConditionExpression("registry = :registry")
                .expressionAttributeValues(Map.of(":registry", text(Items.REGISTRY))).consistentRead(true).build();
        return Failures.reading("the clusters",
                () -> client.queryPaginator(query).items().stream().map(Items::cluster).toList());
    }

    @Override
    public Optional<ClusterRecord> cluster(String name) {
        Map<String, AttributeValue> item = Failures.reading("a cluster", () -> client.getItem(request -> request
                .tableName(tables.clusters()).key(Items.clusterKey(name)).consistentRead(true)).item());
        return item.isEmpty() ? Optional.empty() : Optional.of(Items.cluster(item));
    }

    @Override
    public Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        return leases.acquire(lease, owner, now, length);
    }

    @Override
    public void release(Lease lease) {
        leases.release(lease);
    }
}

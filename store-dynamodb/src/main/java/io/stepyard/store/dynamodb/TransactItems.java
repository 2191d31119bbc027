package io.stepyard.store.dynamodb;

import static io.stepyard.store.dynamodb.Items.clusterKey;
import static io.stepyard.store.dynamodb.Items.flag;
import static io.stepyard.store.dynamodb.Items.leaseKey;
import static io.stepyard.store.dynamodb.Items.number;
import static io.stepyard.store.dynamodb.Items.queueKey;

import io.stepyard.core.store.Document;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.DeleteCluster;
import io.stepyard.core.store.StoreWrite.DeleteQueueRow;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.PutDocument;
import io.stepyard.core.store.StoreWrite.Release;
import io.stepyard.core.store.StoreWrite.ReplaceCluster;
import io.stepyard.core.store.StoreWrite.ReplaceQueueRow;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.resource.Resources;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Each write as exactly one item of a transaction, so that its position there is its position in the list of writes. */
final class TransactItems {

    private static final String SAME_VERSION = "version = :before";

    private final DynamoTables tables;
    private final Items items;

    TransactItems(DynamoTables tables, Items items) {
        this.tables = tables;
        this.items = items;
    }

    TransactWriteItem of(StoreWrite write) {
        return switch (write) {
            case InsertRun insert -> put(tables.jobRuns(), items.run(insert.run()), "attribute_not_exists(jobId)",
                    Map.of());
            case ReplaceRun replace -> put(tables.jobRuns(), items.run(replace.run()), SAME_VERSION,
                    Map.of(":before", number(replace.run().version() - 1)));
            case InsertQueueRow insert -> put(tables.jobQueue(), items.queueRow(insert.row()),
                    "attribute_not_exists(jobId)", Map.of());
            case ReplaceQueueRow replace -> put(tables.jobQueue(), items.queueRow(replace.row()),
                    "attribute_exists(jobId)", Map.of());
            case DeleteQueueRow delete -> delete(tables.jobQueue(), queueKey(delete.jobId(), delete.priority()),
                    "attribute_exists(jobId)", Map.of());
            case Reserve reserve -> reserve(reserve);
            case Release release -> release(release);
            case CheckLease check -> TransactWriteItem.builder()
                    .conditionCheck(item -> item.tableName(tables.leases()).key(leaseKey(check.lease()))
                            .conditionExpression("epoch = :epoch")
                            .expressionAttributeValues(Map.of(":epoch", number(check.epoch()))))
                    .build();
            case InsertCluster insert -> put(tables.clusters(), Items.newCluster(insert.cluster()),
                    "attribute_not_exists(version)", Map.of());
            case ReplaceCluster replace -> updateCluster(replace.cluster().name(),
                    "SET version = :after, drained = :drained, body = :body", SAME_VERSION,
                    Map.of(":before", number(replace.cluster().version() - 1), ":after",
                            number(replace.cluster().version()), ":drained", flag(replace.cluster().drained()),
                            ":body", Items.clusterBody(replace.cluster())));
            case DeleteCluster delete -> delete(tables.clusters(), clusterKey(delete.name()),
                    SAME_VERSION + " AND reservedCpuMillicores = :none AND reservedMemoryMib = :none",
                    Map.of(":before", number(delete.version()), ":none", number(0)));
            case PutDocument put -> document(put.document());
        };
    }

    private TransactWriteItem document(Document document) {
        boolean isFirst = document.version() == 1;
        return put(tables.clusters(), Items.document(document),
                isFirst ? "attribute_not_exists(version)" : SAME_VERSION,
                isFirst ? Map.of() : Map.of(":before", number(document.version() - 1)));
    }

    /** Conditions cannot add: what may be reserved already is the limit less the amount, below 0 when nothing may. */
    private TransactWriteItem reserve(Reserve reserve) {
        Resources amount = reserve.amount();
        Resources limit = reserve.limit();
        return updateCluster(reserve.cluster(), ledger("+"),
                "drained = :open AND reservedCpuMillicores <= :cpuRoom AND reservedMemoryMib <= :memoryRoom",
                Map.of(":cpu", number(amount.cpuMillicores()), ":memory", number(amount.memoryMib()), ":open",
                        flag(false), ":cpuRoom", number(limit.cpuMillicores() - amount.cpuMillicores()),
                        ":memoryRoom", number(limit.memoryMib() - amount.memoryMib())));
    }

    private TransactWriteItem release(Release release) {
        return updateCluster(release.cluster(), ledger("-"),
                "reservedCpuMillicores >= :cpu AND reservedMemoryMib >= :memory",
                Map.of(":cpu", number(release.amount().cpuMillicores()), ":memory",
                        number(release.amount().memoryMib())));
    }

    private static String ledger(String sign) {
        return "SET reservedCpuMillicores = reservedCpuMillicores " + sign
                + " :cpu, reservedMemoryMib = reservedMemoryMib "
                + sign + " :memory";
    }

    private TransactWriteItem updateCluster(String name, String update, String condition,
            Map<String, AttributeValue> values) {
        return TransactWriteItem.builder().update(item -> item.tableName(tables.clusters()).key(clusterKey(name))
                .updateExpression(update).conditionExpression(condition).expressionAttributeValues(values)).build();
    }

    private static TransactWriteItem put(String table, Map<String, AttributeValue> row, String condition,
            Map<String, AttributeValue> values) {
        return TransactWriteItem.builder().put(item -> {
            item.tableName(table).item(row).conditionExpression(condition);
            if (!values.isEmpty()) {
                item.expressionAttributeValues(values);
            }
        }).build();
    }

    private static TransactWriteItem delete(String table, Map<String, AttributeValue> key, String condition,
            Map<String, AttributeValue> values) {
        return TransactWriteItem.builder().delete(item -> {
            item.tableName(table).key(key).conditionExpression(condition);
            if (!values.isEmpty()) {
                item.expressionAttributeValues(values);
            }
        }).build();
    }
}

package io.stepyard.store.dynamodb;

import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.Document;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunPosition;
import io.stepyard.core.store.SortableInstant;
import io.stepyard.core.store.StoreJson;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The rows as items. The whole row is in {@code body} as JSON; beside it are the attributes that keys, conditions, indexes and people
 * need, and the token as {@code callbackId} (A18), which no index carries. Further attributes of a waiting job are kept as a map under
 * {@code attributes} (A19).
 */
final class Items {

    /** DynamoDB takes items of 400 KB; the rest is for what stands beside the body. */
    static final int MAX_BODY_BYTES = 390 * 1024;

    static final String REGISTRY = "cluster";

    private final int shards;

    /** @param shards partitions of each index; more for more than about 1,000 writes a second, and never fewer than before */
    Items(int shards) {
        if (shards < 1 || shards > 100) {
            throw new IllegalArgumentException("Expected 1 to 100 shards, but found " + shards);
        }
        this.shards = shards;
    }

    /** The index partitions of a list, all of which have to be read. */
    List<String> partitions(String list) {
        return java.util.stream.IntStream.range(0, shards).mapToObj(shard -> list + "#" + shard).toList();
    }

    private String partition(String list, String jobId) {
        return list + "#" + Math.floorMod(jobId.hashCode(), shards);
    }

    static final String QUEUE_LIST = "queue";
    static final String RUN_LIST = "run";
    static final String LIVE_LIST = "live";

    Map<String, AttributeValue> run(JobRun run) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("jobId", text(run.jobId()));
        item.put("version", number(run.version()));
        item.put("state", text(run.state().name()));
        item.put("tenant", text(run.spec().tenant()));
        item.put("place", text(RunPosition.of(run).sortKey()));
        item.put("listShard", text(partition(RUN_LIST, run.jobId())));
        item.put("stateShard", text(partition(run.state().name(), run.jobId())));
        if (run.state().holdsReservation()) {
            item.put("liveShard", text(partition(LIVE_LIST, run.jobId())));
        }
        TaskToken token = run.token();
        if (token != null) {
            item.put("callbackId", text(token.value()));
        }
        item.put("body", body("run " + run.jobId(), StoreJson.ofRun(run)));
        return item;
    }

    static JobRun run(Map<String, AttributeValue> item) {
        AttributeValue token = item.get("callbackId");
        return StoreJson.run(required(item, "body").s(), token == null ? null : new TaskToken(token.s()));
    }

    /** The partition of the list of one state; a job is in exactly one of them. */
    List<String> partitions(JobState state) {
        return partitions(state.name());
    }

    Map<String, AttributeValue> queueRow(QueueRow row) {
        JobSpec spec = row.spec();
        Map<String, AttributeValue> item = new LinkedHashMap<>(queueKey(row.jobId(), row.priority()));
        item.put("queueShard", text(partition(QUEUE_LIST, row.jobId())));
        item.put("queueOrder", text(queueOrder(row)));
        item.put("enqueuedAt", text(row.enqueuedAt().toString()));
        item.put("attemptsMade", number(row.attemptsMade()));
        item.put("tenant", text(spec.tenant()));
        item.put("cpuMillicores", number(spec.resources().cpuMillicores()));
        item.put("memoryMib", number(spec.resources().memoryMib()));
        item.put("attributes", value(spec.attributes()));
        item.put("callbackId", text(Objects.requireNonNull(row.token()).value()));
        item.put("body", body("queue row " + row.jobId(), StoreJson.ofQueueRow(row)));
        return item;
    }

    static QueueRow queueRow(Map<String, AttributeValue> item) {
        return StoreJson.queueRow(required(item, "body").s());
    }

    static Map<String, AttributeValue> queueKey(String jobId, int priority) {
        return Map.of("jobId", text(jobId), "priority", number(priority));
    }

    /** Text that sorts as jobs wait: what is missing to the highest priority, then age, then jobId. */
    private static String queueOrder(QueueRow row) {
        return String.format(Locale.ROOT, "%04d", JobSpec.MAX_PRIORITY - row.priority()) + "#"
                + SortableInstant.of(row.enqueuedAt()) + "#" + row.jobId();
    }

    static Map<String, AttributeValue> newCluster(ClusterRecord cluster) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(clusterKey(cluster.name()));
        item.put("version", number(cluster.version()));
        item.put("drained", flag(cluster.drained()));
        item.put("reservedCpuMillicores", number(0));
        item.put("reservedMemoryMib", number(0));
        item.put("body", clusterBody(cluster));
        return item;
    }

    static AttributeValue clusterBody(ClusterRecord cluster) {
        return body("cluster " + cluster.name(), StoreJson.ofCluster(cluster));
    }

    static ClusterRecord cluster(Map<String, AttributeValue> item) {
        return StoreJson.cluster(required(item, "body").s(), new Resources(
                Long.parseLong(required(item, "reservedCpuMillicores").n()),
                Long.parseLong(required(item, "reservedMemoryMib").n())));
    }

    static Map<String, AttributeValue> clusterKey(String name) {
        return Map.of("registry", text(REGISTRY), "name", text(name));
    }

    /** Documents stand beside the clusters, under a registry of their own. */
    static Map<String, AttributeValue> document(Document document) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(documentKey(document.name()));
        item.put("version", number(document.version()));
        item.put("body", body("document " + document.name(), document.body()));
        return item;
    }

    static Document document(Map<String, AttributeValue> item) {
        return new Document(required(item, "name").s(), Long.parseLong(required(item, "version").n()),
                required(item, "body").s());
    }

    static Map<String, AttributeValue> documentKey(String name) {
        return Map.of("registry", text("document"), "name", text(name));
    }

    static Map<String, AttributeValue> lease(Lease lease) {
        return Map.of("name", text(lease.name()), "owner", text(lease.owner()), "epoch", number(lease.epoch()),
                "expiresAt", text(lease.expiresAt().toString()));
    }

    static Lease lease(Map<String, AttributeValue> item) {
        return new Lease(required(item, "name").s(), required(item, "owner").s(),
                Long.parseLong(required(item, "epoch").n()), Instant.parse(required(item, "expiresAt").s()));
    }

    static Map<String, AttributeValue> leaseKey(String name) {
        return Map.of("name", text(name));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue flag(boolean value) {
        return AttributeValue.fromBool(value);
    }

    private static AttributeValue body(String row, String json) {
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "Expected a row of at most " + MAX_BODY_BYTES + " bytes, but " + row + " has " + bytes);
        }
        return text(json);
    }

    static AttributeValue required(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Expected a stored item with " + attribute + ", but found only " + item.keySet());
        }
        return value;
    }

    /** DynamoDB's numbers have 38 digits and go from 1E-130 to 1E+125; what is beyond is kept as text, exact in the body anyway. */
    private static AttributeValue number(BigDecimal value) {
        int magnitude = value.precision() - value.scale();
        return value.precision() <= 38 && Math.abs(magnitude) <= 120
                ? AttributeValue.fromN(value.toString())
                : text(value.toString());
    }

    /** A JSON value in DynamoDB's own types. */
    private static AttributeValue value(@Nullable Object json) {
        return switch (json) {
            case null -> AttributeValue.fromNul(true);
            case Boolean flag -> flag(flag);
            case Number number -> number(new BigDecimal(number.toString()));
            case Map<?, ?> map -> {
                Map<String, AttributeValue> fields = new LinkedHashMap<>();
                map.forEach((key, field) -> fields.put(String.valueOf(key), value(field)));
                yield AttributeValue.fromM(fields);
            }
            case List<?> list -> AttributeValue.fromL(list.stream().map(Items::value).toList());
            default -> text(json.toString());
        };
    }
}

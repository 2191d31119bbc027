package io.stepyard.store.dynamodb;

import static io.stepyard.store.dynamodb.Items.number;
import static io.stepyard.store.dynamodb.Items.text;

import io.stepyard.core.store.LeaseRules;
import io.stepyard.core.store.LeaseStore;
import io.stepyard.core.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Leases: read, decide, write against what was read; when that has changed, read again. */
final class DynamoLeases implements LeaseStore {

    private final DynamoDbClient client;
    private final String table;
    private final Backoff backoff;

    DynamoLeases(DynamoDbClient client, String table, Backoff backoff) {
        this.client = client;
        this.table = table;
        this.backoff = backoff;
    }

    @Override
    public Optional<Lease> acquire(String lease, String owner, Instant now, Duration length) {
        for (int attempt = 1; attempt <= backoff.attempts(); attempt++) {
            Lease held = read(lease);
            Optional<Lease> taken = LeaseRules.acquire(held, lease, owner, now, length);
            if (taken.isEmpty() || replace(held, taken.get())) {
                return taken;
            }
            backoff.waitAfter(attempt);
        }
        throw new StoreUnavailable("Lease " + lease + " changed under each of " + backoff.attempts() + " attempts",
                null);
    }

    @Override
    public void release(Lease lease) {
        for (int attempt = 1; attempt <= backoff.attempts(); attempt++) {
            Lease held = read(lease.name());
            if (held == null || held.epoch() != lease.epoch() || replace(held, LeaseRules.released(held))) {
                return;
            }
            backoff.waitAfter(attempt);
        }
        throw new StoreUnavailable(
                "Lease " + lease.name() + " changed under each of " + backoff.attempts() + " attempts", null);
    }

    private @Nullable Lease read(String lease) {
        return Failures.reading("a lease", () -> {
            Map<String, AttributeValue> item = client
                    .getItem(request -> request.tableName(table).key(Items.leaseKey(lease)).consistentRead(true))
                    .item();
            return item.isEmpty() ? null : Items.lease(item);
        });
    }

    private boolean replace(@Nullable Lease held, Lease next) {
        PutItemRequest.Builder request = PutItemRequest.builder().tableName(table).item(Items.lease(next));
        if (held == null) {
            request.conditionExpression("attribute_not_exists(epoch)");
        } else {
            request.conditionExpression("epoch = :epoch AND expiresAt = :expiry")
                    .expressionAttributeValues(Map.of(":epoch", number(held.epoch()), ":expiry",
                            text(held.expiresAt().toString())));
        }
        try {
            return Failures.reading("a lease", () -> client.putItem(request.build())).sdkHttpResponse().isSuccessful();
        } catch (StoreUnavailable unavailable) {
            if (unavailable.getCause() instanceof ConditionalCheckFailedException) {
                return false;
            }
            throw unavailable;
        }
    }
}

package io.stepyard.store.dynamodb;

import io.stepyard.contracts.JobStoreContract;
import io.stepyard.contracts.StoreUnderTest;
import java.io.IOException;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

class DynamoJobStoreTest extends JobStoreContract {

    private static @Nullable DynamoEndpoint endpoint;

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

    @Override
    protected StoreUnderTest open() {
        DynamoEndpoint found = java.util.Objects.requireNonNull(endpoint);
        return StoreUnderTest.of(new DynamoStore(found.client(), found.newTables(), shards(),
                Backoff.standard(new Random(1)), () -> UUID.randomUUID().toString()));
    }

    int shards() {
        return 1;
    }

    @Override
    protected void close() {
        // The tables go with the server.
    }
}

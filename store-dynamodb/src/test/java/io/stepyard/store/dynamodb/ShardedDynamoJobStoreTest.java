package io.stepyard.store.dynamodb;

/** The same contract when each index is spread over several partitions. */
class ShardedDynamoJobStoreTest extends DynamoJobStoreTest {

    @Override
    int shards() {
        return 3;
    }
}

package io.stepyard.contracts;

import io.stepyard.core.memory.InMemoryJobStore;

class InMemoryJobStoreTest extends JobStoreContract {

    @Override
    protected StoreUnderTest open() {
        return StoreUnderTest.of(new InMemoryJobStore());
    }

    @Override
    protected void close() {}
}

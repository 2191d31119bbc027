package io.stepyard.store.embedded;

import io.stepyard.contracts.JobStoreContract;
import io.stepyard.contracts.StoreUnderTest;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJobStoreTest extends JobStoreContract {

    @TempDir
    @Nullable
    Path directory;

    private @Nullable EmbeddedStore store;

    @Override
    protected StoreUnderTest open() {
        store = EmbeddedStore.open(Objects.requireNonNull(directory));
        return StoreUnderTest.of(store);
    }

    @Override
    protected void close() {
        Objects.requireNonNull(store).close();
    }
}

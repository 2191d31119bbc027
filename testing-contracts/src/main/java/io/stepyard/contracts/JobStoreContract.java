package io.stepyard.contracts;

import io.stepyard.core.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link JobStore} with its clusters and leases must keep to. Each group is a file of its own; no test can be overridden.
 * A subclass opens an empty store for each test.
 */
public abstract class JobStoreContract {

    private @Nullable StoreUnderTest opened;

    /** An empty store. */
    protected abstract StoreUnderTest open() throws Exception;

    /** Ends what {@link #open} began. */
    protected abstract void close() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() throws Exception {
        close();
    }

    private StoreUnderTest opened() {
        if (opened == null) {
            throw new IllegalStateException("Expected an open store, but found none");
        }
        return opened;
    }

    @Nested
    class Accept extends AcceptContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Grant extends GrantContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Release extends ReleaseContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Clusters extends ClustersContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Lease extends LeaseContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Lists extends ListsContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Documents extends DocumentsContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Limits extends LimitsContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        StoreUnderTest store() {
            return opened();
        }
    }
}

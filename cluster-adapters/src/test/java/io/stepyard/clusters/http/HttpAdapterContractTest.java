package io.stepyard.clusters.http;

import io.stepyard.clusters.testing.ClusterAdapterContract;
import io.stepyard.clusters.testing.ClusterUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP adapter and the real local cluster, in a process of its own, hold the contract together. */
final class HttpAdapterContractTest extends ClusterAdapterContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path stateDir;

    @Override
    protected ClusterUnderTest open() throws IOException {
        return new HttpClusterUnderTest(ClusterProcess.start(stateDir));
    }
}

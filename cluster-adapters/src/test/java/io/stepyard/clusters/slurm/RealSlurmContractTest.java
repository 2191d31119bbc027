package io.stepyard.clusters.slurm;

import io.stepyard.clusters.testing.ClusterAdapterContract;
import io.stepyard.clusters.testing.ClusterUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The SLURM adapter and a real SLURM hold the contract together. */
@Tag("clusters")
final class RealSlurmContractTest extends ClusterAdapterContract {

    private static @Nullable RealSlurm slurm;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Optional<String> missing = RealSlurm.missing();
        missing.ifPresent(reason -> System.out.println("Skipped with a real SLURM: " + reason));
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        slurm = RealSlurm.start(directory);
    }

    @AfterAll
    static void stop() {
        if (slurm != null) {
            slurm.close();
        }
    }

    @Override
    protected ClusterUnderTest open() throws IOException {
        return new SlurmUnderTest(java.util.Objects.requireNonNull(slurm));
    }
}

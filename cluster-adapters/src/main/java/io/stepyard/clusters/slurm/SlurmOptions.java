package io.stepyard.clusters.slurm;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a registration says of a SLURM cluster beyond its address.
 *
 * @param user the user in whose name jobs run (option {@code user}); the token has to be that user's
 * @param partition where jobs go that name none (option {@code partition}); also the nodes that count as the cluster's size
 * @param account likewise (option {@code account})
 * @param version the version of the API (option {@code apiVersion}); found out when it is not said
 * @param outputDirectory where jobs write what they print, as the nodes see it (option {@code outputDirectory})
 * @param outputMount the same directory as this process sees it (option {@code outputMount}); the same path when it is not said
 */
record SlurmOptions(Optional<String> user, Optional<String> partition, Optional<String> account,
        Optional<SlurmVersion> version, Optional<String> outputDirectory, Optional<Path> outputMount) {

    static SlurmOptions of(ClusterRecord cluster) {
        Optional<String> version = option(cluster, "apiVersion");
        if (version.isPresent() && SlurmVersion.of(version.get()).isEmpty()) {
            throw new ClusterUnavailable(ClusterUnavailable.Kind.NOT_SENT, "cluster " + cluster.name()
                    + ": expected the option apiVersion among v0.0.38 to v0.0.42, but found " + version.get(), null);
        }
        Optional<String> output = option(cluster, "outputDirectory");
        return new SlurmOptions(option(cluster, "user"), option(cluster, "partition"), option(cluster, "account"),
                version.flatMap(SlurmVersion::of), output,
                option(cluster, "outputMount").or(() -> output).map(Path::of));
    }

    private static Optional<String> option(ClusterRecord cluster, String name) {
        return Optional.ofNullable(cluster.options().get(name)).filter(text -> !text.isBlank());
    }
}

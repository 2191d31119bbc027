package io.stepyard.localcluster;

import java.util.List;

/** A cluster as a process of its own. SIGTERM ends it in order: its runs end first. */
public final class LocalClusterMain {

    private static final int EXIT_USAGE = 2;

    private LocalClusterMain() {}

    public static void main(String[] words) {
        LocalCluster.Config config;
        try {
            config = Arguments.parse(List.of(words));
        } catch (IllegalArgumentException usage) {
            System.err.println("cluster: " + usage.getMessage());
            System.exit(EXIT_USAGE);
            return;
        }
        try {
            LocalCluster cluster = LocalCluster.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "shutdown"));
            System.out.println("cluster " + config.name() + " ready on http://127.0.0.1:" + cluster.port() + " with "
                    + config.capacity());
        } catch (ClusterStartException refused) {
            System.err.println("cluster: " + refused.getMessage());
            System.exit(refused.reason().exitCode());
        }
    }
}

package io.stepyard.localcluster;

import java.util.List;

/** A cluster as a process of its own. SIGTERM ends it in order: its runs end first. */
public final class LocalClusterMain {

    private static final int EXIT_USAGE = 2;
    /** Set by the script when the JVM records what a start loads: ends after the rehearsal. */
    private static final String RECORDING = "stepyard.recording";

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
            Thread rehearsal = Rehearsal.start(config.stateDir());
            if (Boolean.getBoolean(RECORDING)) {
                rehearsal.join();
                System.exit(0);
            }
        } catch (ClusterStartException refused) {
            System.err.println("cluster: " + refused.getMessage());
            System.exit(refused.reason().exitCode());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

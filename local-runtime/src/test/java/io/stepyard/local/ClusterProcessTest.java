package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.contracts.RecordingHttpServer;
import io.stepyard.model.resource.Resources;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Which living process is taken for a cluster of an earlier life. */
class ClusterProcessTest {

    private static final ClusterPlan PLAN = new ClusterPlan("zurich", Resources.ofCores(1, 256), 0, Map.of());

    @TempDir
    private Path stateDir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ClusterLauncher launcher = new ClusterLauncher(System.getProperty("java.class.path"));
    private @Nullable ClusterProcess started;

    @AfterEach
    void stop() throws InterruptedException {
        if (started != null) {
            started.stop();
        }
        http.close();
    }

    private ClusterProcess adoptOrStart(RuntimeDirectory directory) throws Exception {
        ClusterProcess process = ClusterProcess.adoptOrStart(PLAN, directory, launcher, http);
        started = process;
        return process;
    }

    /** A process that is nobody's cluster, and whose id a dead cluster had before it. */
    private static Process bystander() throws Exception {
        return new ProcessBuilder("sleep", "600").start();
    }

    @Test
    void shouldAdoptItsOwnClusterThatStillLives() throws Exception {
        try (RuntimeDirectory directory = RuntimeDirectory.open(stateDir)) {
            ClusterProcess first = adoptOrStart(directory);

            ClusterProcess second = adoptOrStart(directory);

            assertThat(second.isAdopted()).isTrue();
            assertThat(second.pid()).isEqualTo(first.pid());
        }
    }

    @Test
    void shouldNotAdoptAStrangerWhoseClusterHasTheSameName() throws Exception {
        Process bystander = bystander();
        try (RuntimeDirectory directory = RuntimeDirectory.open(stateDir);
                RecordingHttpServer stranger = new RecordingHttpServer(Map.of("/v1/cluster",
                        "{\"name\":\"zurich\",\"cpuMillicores\":1000,\"memoryMib\":256,\"labels\":{},\"instance\":\"another\",\"pid\":"
                                + bystander.pid() + "}"))) {
            Path cluster = Files.createDirectories(directory.cluster("zurich"));
            Files.writeString(cluster.resolve("cluster.json"), "{\"pid\":" + bystander.pid() + ",\"port\":"
                    + stranger.address().getPort() + ",\"name\":\"zurich\",\"instance\":\"ours\"}");

            ClusterProcess process = adoptOrStart(directory);

            assertThat(process.isAdopted()).isFalse();
            assertThat(process.pid()).isNotEqualTo(bystander.pid());
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }
}

package io.stepyard.clusters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.Credentials;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live metrics through a real Prometheus that scrapes a page of ours. */
@Tag("clusters")
final class RealPrometheusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final ClusterCalls calls = new ClusterCalls(CallSettings.DEFAULT, Credentials.NONE);
    private final PrometheusMetrics metrics = new PrometheusMetrics(calls);
    private volatile String page = """
            node_cpus{node="a"} 4
            node_cpus{node="b"} 4
            node_cpus_busy{node="a"} 1.5
            node_cpus_busy{node="b"} 0
            node_memory_bytes 8589934592
            node_memory_used_bytes 1073741825
            """;
    private @Nullable HttpServer target;
    private @Nullable Process prometheus;
    private URI address = URI.create("http://127.0.0.1:1");

    @BeforeEach
    void start() throws IOException {
        boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "prometheus")));
        if (!there) {
            System.out.println("Skipped with a real Prometheus: not installed (Debian: prometheus)");
        }
        Assumptions.assumeTrue(there, "prometheus is not installed");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        target = server;
        int port;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = any.getLocalPort();
        }
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: cluster
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(server.getAddress().getPort()));
        prometheus = new ProcessBuilder("prometheus", "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        address = URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void stop() {
        calls.close();
        if (target != null) {
            target.stop(0);
        }
        if (prometheus != null) {
            prometheus.destroyForcibly().onExit().join();
        }
    }

    @Test
    void shouldTellCapacityAndUseAndStopTellingThemWhenTheTargetIsGone() {
        Instant before = Instant.now();
        ClusterSample sample = awaitSample();

        assertThat(sample.capacity()).isEqualTo(Resources.ofCores(8, 8192));
        assertThat(sample.used()).as("use is rounded up").isEqualTo(new Resources(1500, 1025));
        assertThat(sample.sampledAt()).isAfter(before.minusSeconds(5)).isBefore(Instant.now().plusSeconds(5));

        java.util.Objects.requireNonNull(target).stop(0);
        target = null;

        awaitSilence();
        assertThatThrownBy(() -> metrics.sample(cluster())).isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("none: its target is down");
    }

    @Test
    void shouldNameTheQueryThatIsNoQuery() {
        awaitSample();
        Map<String, String> options = new HashMap<>(cluster().options());
        options.put("cpuUsedQuery", "sum(");

        assertThatThrownBy(() -> metrics.sample(cluster(options))).isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("cpuUsedQuery").hasMessageContaining("parse error");
    }

    private ClusterSample awaitSample() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return metrics.sample(cluster()).orElseThrow();
            } catch (ClusterUnavailable notYet) {
                assertThat(System.nanoTime()).as("a sample; the last answer was: " + notYet.getMessage())
                        .isLessThan(deadline);
            }
        }
    }

    private void awaitSilence() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<ClusterSample> still = metrics.sample(cluster());
                assertThat(System.nanoTime()).as("silence instead of " + still).isLessThan(deadline);
            } catch (ClusterUnavailable silence) {
                return;
            }
        }
    }

    private ClusterRecord cluster() {
        return cluster(Map.of("prometheus", address.toString(), "cpuCapacityQuery", "sum(node_cpus)", "cpuUsedQuery",
                "sum(node_cpus_busy)", "memoryCapacityQuery", "node_memory_bytes", "memoryUsedQuery",
                "node_memory_used_bytes", "sampledAtQuery", "min(timestamp(node_cpus_busy))"));
    }

    private static ClusterRecord cluster(Map<String, String> options) {
        return new ClusterRecord("bern", 1, "slurm", URI.create("http://127.0.0.1:1"), Resources.NONE, Map.of(),
                options,
                false, null, Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }
}

package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRunTwoClustersOnTheUsualPortsWhenNothingIsSaid() {
        LocalOptions options = LocalOptions.parse(List.of());

        assertThat(options.stateDir()).isAbsolute().endsWithRaw(Path.of(".stepyard"));
        assertThat(options.apiPort()).isEqualTo(8084);
        assertThat(options.stepFunctionsPort()).isEqualTo(8083);
        assertThat(options.tick()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.policy()).isEqualTo("default");
        assertThat(options.clusters()).extracting(ClusterPlan::name).containsExactly("zurich", "geneva");
        assertThat(options.clusters()).extracting(ClusterPlan::port).containsExactly(8091, 8092);
    }

    @Test
    void shouldReadEveryOption() throws IOException {
        Path file = clusters("""
                [{"name":"basel","cpu":1.5,"memory":"512MiB","port":9000,"labels":{"zone":"ch"}}]""");
        Path tenants = Files.writeString(directory.resolve("tenants.json"), "{\"web\":{\"weight\":2}}");

        LocalOptions options = LocalOptions.parse(List.of("--state-dir", "/tmp/x", "--api-port", "1",
                "--step-functions-port", "2", "--tick", "PT0.5S", "--poll-seconds", "7",
                "--policy", "source", "--prediction", "limit", "--tenants", tenants.toString(), "--clusters",
                file.toString()));

        assertThat(options).isEqualTo(new LocalOptions(Path.of("/tmp/x"), 1, 2,
                List.of(new ClusterPlan("basel", new Resources(1500, 512), 9000, Map.of("zone", "ch"))),
                Duration.ofMillis(500), Duration.ofSeconds(7), "source", SchedulerSettings.Prediction.LIMIT,
                new TenantLimits.Table(Map.of("web", new TenantLimits(2, null, null, null))),
                RuntimeSettings.DEFAULT));
    }

    @Test
    void shouldTakeAValueAfterAnEqualsSign() {
        LocalOptions options = LocalOptions.parse(List.of("--api-port=9084", "--state-dir=/tmp/a=b", "--tick=2s"));

        assertThat(options.apiPort()).isEqualTo(9084);
        assertThat(options.stateDir()).isEqualTo(Path.of("/tmp/a=b"));
        assertThat(options.tick()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--nonsense|Expected an option", "--api-port|Expected a value",
            "--api-port 70000|from 0 to 65535", "--poll-seconds 0|from 1 to 3600", "--poll-seconds x|whole number",
            "--tick soon|--tick", "--prediction luck|out of limit and last-two", "--tick 0s|above 0",
            "--clusters /nowhere|there is no file /nowhere"})
    void shouldSayWhatIsWrongWithAnOption(String words, String message) {
        assertThatThrownBy(() -> LocalOptions.parse(List.of(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[]|1 to 20 clusters", "{}|JSON array", "[{]|JSON array",
            "[{\"cpu\":1,\"memory\":\"1GiB\"}]|cluster name", "[{\"name\":\"a\",\"memory\":\"1GiB\"}]|cpu and memory",
            "[{\"name\":\"a\",\"cpu\":1,\"memory\":\"1\"}]|memory such as 8GiB",
            "[{\"name\":\"a\",\"cpu\":1.00001,\"memory\":\"1GiB\"}]|at most 3 decimals",
            "[{\"name\":\"a\",\"cpu\":1,\"memory\":\"1GiB\",\"port\":99999}]|port from 0",
            "[{\"name\":\"a\",\"cpus\":1}]|cpus",
            "[{\"name\":\"a\",\"cpu\":1,\"memory\":\"1GiB\"},{\"name\":\"a\",\"cpu\":1,\"memory\":\"1GiB\"}]|each name once"})
    void shouldSayWhatIsWrongWithAClustersFile(String json, String message) throws IOException {
        Path file = clusters(json);

        assertThatThrownBy(() -> ClustersFile.read(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining(message);
    }

    private Path clusters(String json) throws IOException {
        return Files.writeString(directory.resolve("clusters.json"), json);
    }
}

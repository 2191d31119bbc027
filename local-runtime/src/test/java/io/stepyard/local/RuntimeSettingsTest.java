package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.scheduling.SchedulerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeSettingsTest {

    @TempDir
    private Path directory;

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("settings.json"), json);
    }

    @Test
    void shouldHaveADefaultForEverything() throws IOException {
        assertThat(RuntimeSettings.read(file("{}"))).isEqualTo(RuntimeSettings.DEFAULT);
        assertThat(RuntimeSettings.DEFAULT.scheduler()).isEqualTo(SchedulerSettings.DEFAULT);
        assertThat(RuntimeSettings.DEFAULT.jobManager()).isEqualTo(JobManagerSettings.DEFAULT);
    }

    @Test
    void shouldReadWhatIsThere() throws IOException {
        RuntimeSettings read = RuntimeSettings.read(file("""
                {"queue-depth": 50, "lease-length": "30s", "sample-every": "2s", "sample-max-age": "5m",
                 "look-again-after": "3s", "signal-again-after": "9s", "tick": "4s", "poll-wait": "6s",
                 "poll-fraction": 0.01, "sweep-every": "7s", "queue-timeout": "1h", "task-timeout": "90s",
                 "retry-max-attempts": 3, "retry-backoff-rate": 1.5}"""));

        assertThat(read.scheduler().depth()).isEqualTo(50);
        assertThat(read.scheduler().leaseLength()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read.scheduler().sampleMaxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read.jobManager().queueTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(read.jobManager().taskTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.jobManager().retryMaxAttempts()).isEqualTo(3);
        assertThat(read.pollFraction()).isEqualTo(0.01);
        assertThat(read.sweepEvery()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void shouldLetAnOptionGoBeforeTheFile() throws IOException {
        String path = file("{\"tick\": \"4s\", \"poll-wait\": \"6s\", \"policy\": \"easy\"}").toString();

        LocalOptions byFile = LocalOptions.parse(List.of("--settings", path));
        LocalOptions byOption = LocalOptions
                .parse(List.of("--tick", "2s", "--policy=strict", "--settings", path, "--poll-seconds", "3"));

        assertThat(byFile.tick()).isEqualTo(Duration.ofSeconds(4));
        assertThat(byFile.poll()).isEqualTo(Duration.ofSeconds(6));
        assertThat(byFile.policy()).isEqualTo("easy");
        assertThat(byOption.tick()).isEqualTo(Duration.ofSeconds(2));
        assertThat(byOption.poll()).isEqualTo(Duration.ofSeconds(3));
        assertThat(byOption.policy()).isEqualTo("strict");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"{|JSON object", "[]|JSON object",
            "{\"queue-dept\": 1}|queue-dept]", "{\"queue-depth\": 0}|depth of 1 or more",
            "{\"queue-depth\": \"many\"}|queue-depth", "{\"lease-length\": \"soon\"}|lease-length",
            "{\"lease-length\": \"PT0S\"}|lease-length", "{\"sample-every\": \"PT-1S\"}|sample-every",
            "{\"poll-fraction\": 2}|poll-fraction", "{\"poll-wait\": \"PT0.1S\"}|poll-wait",
            "{\"retry-backoff-rate\": 0.5}|retry-backoff-rate", "{\"retry-max-attempts\": -1}|retry-max-attempts",
            "{\"tick\": true}|tick", "{\"task-timeout\": \"0s\"}|task-timeout"})
    void shouldNameTheFileAndTheSettingThatIsWrong(String json, String message) throws IOException {
        Path file = file(json);

        assertThatThrownBy(() -> RuntimeSettings.read(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining(message);
    }

    @Test
    void shouldStandInTheDocumentWithEachOfItsNames() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "yard.md"));
        assertThatThrownBy(() -> RuntimeSettings.read(file("{\"nonsense\": 1}"))).satisfies(refused -> {
            String known = String.valueOf(refused.getMessage()).replaceAll("(?s).*out of \\[(.*?)].*", "$1");
            assertThat(known.split(", ")).hasSizeGreaterThan(14)
                    .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
        });
    }
}

package io.stepyard.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a deployment: recorded defaults, and one clear line for each bad value. */
class SettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(SettingsReader.read(null)).isEqualTo(new StackSettings("stepyard", Duration.ofMinutes(1),
                Duration.ofMinutes(5), 30,
                new WorkflowSettings(Duration.ofDays(365), Duration.ofDays(364), Duration.ofMinutes(1),
                        Duration.ofSeconds(1), new BigDecimal("2.0"), Duration.ofSeconds(30), 8,
                        false),
                new FunctionSettings(512, Duration.ofSeconds(30)), new FunctionSettings(1024, Duration.ofMinutes(2)),
                new FunctionSettings(512, Duration.ofSeconds(50))));
    }

    @Test
    void shouldTakeFromTheContextWhatItSaysAndKeepTheRest() {
        StackSettings settings = SettingsReader.read(Map.of("name", "blue", "tickMinutes", 5, "workflow",
                Map.of("retryMaxAttempts", 3), "scheduler", Map.of("memoryMib", "2048")));

        assertThat(settings.name()).isEqualTo("blue");
        assertThat(settings.tick()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.workflow().retryMaxAttempts()).isEqualTo(3);
        assertThat(settings.scheduler()).isEqualTo(new FunctionSettings(2048, Duration.ofMinutes(2)));
        assertThat(settings.adapter()).isEqualTo(StackSettings.DEFAULTS.adapter());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"name | 7up | name: found '7up'; expected",
            "tickMinutes | 0 | tickMinutes: found PT0S; expected whole minutes from 1",
            "tickMinutes | 0.5 | tickMinutes: found '0.5'; expected a whole number",
            "tickMinutes | 61 | tickMinutes: found PT1H1M",
            "logRetentionDays | 31 | logRetentionDays: found 31; expected one of [1, 3, 5, 7, 14, 30,",
            "logRetentionDays | soon | logRetentionDays: found 'soon'; expected a number",
            "colour | red | stepyard: found the unknown setting 'colour'; expected one of [adapter,",
            "scheduler | big | scheduler: found big; expected an object"})
    void shouldRefuseABadSettingWithOneLine(String key, String value, String line) {
        assertThatExceptionOfType(BadSettings.class).isThrownBy(() -> SettingsReader.read(Map.of(key, value)))
                .withMessageStartingWith(line).withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "executionTimeoutSeconds | 31536001 | workflow.executionTimeoutSeconds: found PT8760H1S",
            "queueTimeoutSeconds | 31536000 | workflow.queueTimeoutSeconds",
            "taskTimeoutSeconds | 0 | workflow.taskTimeoutSeconds",
            "taskTimeoutSeconds | 40 | adapter.timeoutSeconds: found PT50S; expected less than workflow.taskTimeoutSeconds, 40",
            "retryBackoffRate | 0.9 | workflow.retryBackoffRate",
            "retryMaxDelaySeconds | 1 | workflow.retryMaxDelaySeconds",
            "retryMaxAttempts | 101 | workflow.retryMaxAttempts",
            "logEveryStep | often | logEveryStep: found 'often'; expected true or false"})
    void shouldRefuseABadWorkflowSetting(String key, String value, String line) {
        assertThatExceptionOfType(BadSettings.class)
                .isThrownBy(() -> SettingsReader.read(Map.of("workflow", Map.of(key, value))))
                .withMessageStartingWith(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"memoryMib | 64 | memoryMib: found 64; expected 128 to 10240",
            "timeoutSeconds | 901 | timeoutSeconds: found PT15M1S",
            "timeoutSeconds | 600 | scheduler.timeoutSeconds: found PT10M; expected at most 300"})
    void shouldRefuseABadFunctionSize(String key, String value, String line) {
        assertThatExceptionOfType(BadSettings.class)
                .isThrownBy(() -> SettingsReader.read(Map.of("scheduler", Map.of(key, value))))
                .withMessageStartingWith(line);
    }

    @Test
    void shouldNameTheZipThatWasNotBuilt() {
        assertThatExceptionOfType(BadSettings.class).isThrownBy(() -> Artifacts.of(Path.of("nowhere")))
                .withMessageStartingWith("queueRequestZip: found nowhere")
                .withMessageContaining("job-queue-request-lambda-0.1.0-SNAPSHOT-lambda.zip; expected a file there");
    }

    @Test
    void shouldRefuseADefinitionWithAPlaceholderThatNobodyBinds() {
        Definition definition = new Definition("{\"a\": ${Known}, \"b\": \"${Forgotten}\"}");

        assertThat(definition.with(Map.of("Known", "1")).text()).isEqualTo("{\"a\": 1, \"b\": \"${Forgotten}\"}");
        assertThatExceptionOfType(BadSettings.class).isThrownBy(() -> definition.requireOnly(java.util.Set.of("Known")))
                .withMessageContaining("[Forgotten, Known]");
        assertThatExceptionOfType(BadSettings.class).isThrownBy(() -> definition.with(Map.of("Unknown", "1")))
                .withMessageContaining("${Unknown}");
    }
}

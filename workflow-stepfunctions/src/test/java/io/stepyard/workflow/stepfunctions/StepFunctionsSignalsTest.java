package io.stepyard.workflow.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.workflow.stepfunctions.StubServer.Request;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.sfn.SfnClient;

class StepFunctionsSignalsTest {

    private static final TaskToken TOKEN = new TaskToken("secret-token");
    private static final int ATTEMPTS = 4;

    private StubServer server;
    private SfnClient client;
    private StepFunctionsSignals signals;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        client = SfnClient.builder().endpointOverride(server.endpoint()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                // As clientSettings, but without the waits between attempts.
                .overrideConfiguration(StepFunctionsSignals.clientSettings().toBuilder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS)
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()).build())
                        .build())
                .build();
        signals = new StepFunctionsSignals(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldDeliverTheOutputOfASuccess() {
        assertThat(signals.success(TOKEN, "{\"cluster\":\"zurich\"}")).isEqualTo(SignalResult.DELIVERED);

        assertThat(server.requests()).containsExactly(new Request("SendTaskSuccess",
                "{\"taskToken\":\"secret-token\",\"output\":\"{\\\"cluster\\\":\\\"zurich\\\"}\"}"));
    }

    @Test
    void shouldDeliverErrorAndCauseOfAFailure() {
        assertThat(signals.failure(TOKEN, "Job.Cancelled", "asked for by ada")).isEqualTo(SignalResult.DELIVERED);

        assertThat(server.requests()).containsExactly(new Request("SendTaskFailure",
                "{\"taskToken\":\"secret-token\",\"error\":\"Job.Cancelled\",\"cause\":\"asked for by ada\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
    void shouldCallATokenSupersededThatCannotBeAnsweredAnyMore(String error) {
        server.error(400, error).error(400, error);

        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.SUPERSEDED);
        assertThat(signals.failure(TOKEN, "Job.Failed", "why")).isEqualTo(SignalResult.SUPERSEDED);
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException", "500, InternalFailure", "503, ServiceUnavailable"})
    void shouldTryAgainWhatPasses(int status, String error) {
        server.error(status, error).error(status, error);

        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.DELIVERED);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException", "500, InternalFailure"})
    void shouldBeUnavailableAfterBoundedAttempts(int status, String error) {
        for (int i = 0; i < ATTEMPTS; i++) {
            server.error(status, error);
        }

        assertThat(signals.failure(TOKEN, "Job.Failed", "why")).isEqualTo(SignalResult.UNAVAILABLE);
        assertThat(server.requests()).hasSize(ATTEMPTS);
    }

    @Test
    void shouldBeUnavailableWhenNobodyAnswers() {
        for (int i = 0; i < 3 * ATTEMPTS; i++) {
            server.hangUp();
        }
        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.UNAVAILABLE);

        server.close();
        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.UNAVAILABLE);
    }

    @Test
    void shouldBeUnavailableWithoutRetriesWhenAccessIsDenied() {
        server.error(400, "AccessDeniedException");

        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.UNAVAILABLE);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRefuseAnOutputThatIsTooLongBeforeItIsSent() {
        String output = "\"" + "ä".repeat(StepFunctionsSignals.MAX_OUTPUT_BYTES / 2) + "\"";

        assertThatThrownBy(() -> signals.success(TOKEN, output)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a task output of at most 262144 bytes, but found 262146");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldSendAnOutputOfTheGreatestLength() {
        String output = "\"" + "x".repeat(StepFunctionsSignals.MAX_OUTPUT_BYTES - 2) + "\"";

        assertThat(signals.success(TOKEN, output)).isEqualTo(SignalResult.DELIVERED);
    }

    @Test
    void shouldSayThatAnOutputIsNoJson() {
        server.error(400, "InvalidOutput");

        assertThatThrownBy(() -> signals.success(TOKEN, "{")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-token");
    }

    @Test
    void shouldRefuseAnErrorNameThatIsTooLong() {
        assertThatThrownBy(() -> signals.failure(TOKEN, "E".repeat(257), "why"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("257");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldKeepTheEndOfACauseThatIsTooLong() {
        String cause = "first" + "x".repeat(StepFunctionsSignals.MAX_CAUSE_CHARACTERS - 4) + "last";

        assertThat(StepFunctionsSignals.lastPart(cause)).hasSize(StepFunctionsSignals.MAX_CAUSE_CHARACTERS)
                .endsWith("xlast").doesNotContain("first");
        assertThat(signals.failure(TOKEN, "Job.Failed", cause)).isEqualTo(SignalResult.DELIVERED);
        assertThat(server.requests().getFirst().json()).contains("xlast").doesNotContain("first");
        assertThat(StepFunctionsSignals.lastPart("short")).isEqualTo("short");
    }

    @Test
    void shouldNotTearACharacterInTwo() {
        String cause = "😀".repeat(StepFunctionsSignals.MAX_CAUSE_CHARACTERS / 2) + "!";

        assertThat(StepFunctionsSignals.lastPart(cause)).hasSize(StepFunctionsSignals.MAX_CAUSE_CHARACTERS - 1)
                .startsWith("😀").endsWith("!");
    }
}

package io.stepyard.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.contracts.Rows;
import io.stepyard.core.store.CommitResult;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the store makes of DynamoDB's errors, with the real SDK over answers that are written here. */
class DynamoFailuresTest {

    private static final Pattern REQUEST_TOKEN = Pattern.compile("\"ClientRequestToken\":\"([^\"]*)\"");
    private static final List<StoreWrite> WRITES = List.of(new InsertRun(Rows.queued("job-1")),
            new InsertQueueRow(Rows.waiting("job-1", 5, Rows.START)), new InsertRun(Rows.queued("job-2")));

    private final ScriptedHttp http = new ScriptedHttp();
    private final List<Duration> waits = new ArrayList<>();
    private final AtomicInteger requestTokens = new AtomicInteger();
    private final DynamoStore store = new DynamoStore(DynamoDbClient.builder().httpClient(http)
            .endpointOverride(URI.create("http://127.0.0.1:1")).region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.standardRetryStrategy()
                    .toBuilder().maxAttempts(3).backoffStrategy(BackoffStrategy.retryImmediately())
                    .throttlingBackoffStrategy(BackoffStrategy.retryImmediately()).build()))
            .build(), DynamoTables.withPrefix("t-"), 1,
            new Backoff(4, Duration.ofMillis(20), Duration.ofMillis(50), new Random(7), waits::add),
            () -> "commit-" + requestTokens.incrementAndGet());

    @Test
    void shouldNameTheFirstWriteThatDidNotFindWhatItExpects() {
        http.cancelled("None", "ConditionalCheckFailed", "ConditionalCheckFailed");

        assertThat(store.commit(WRITES))
                .isEqualTo(new CommitResult.Conflict(1, "expected queue row job-1/5 not to be there"));
        assertThat(http.requests()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void shouldTryAgainUnderOneTokenWhenAnotherTransactionIsInTheWay() {
        http.cancelled("None", "TransactionConflict", "None").error(400, "TransactionInProgressException")
                .cancelled("ThrottlingError", "None", "None").answer(200, "{}");

        assertThat(store.commit(WRITES).isCommitted()).isTrue();
        assertThat(tokens()).containsExactly("commit-1", "commit-1", "commit-1", "commit-1");
        // The SDK itself repeats what is in progress.
        assertThat(waits).hasSize(2).allMatch(wait -> wait.compareTo(Duration.ofMillis(50)) <= 0);
    }

    @Test
    void shouldTakeAnotherTokenForAnotherCommitOfTheSameWrites() {
        http.answer(200, "{}");
        store.commit(WRITES);
        store.commit(WRITES);

        assertThat(tokens()).containsExactly("commit-1", "commit-2");
    }

    @Test
    void shouldCallItAConflictWhenAnotherTransactionStaysInTheWay() {
        http.cancelled("None", "None", "TransactionConflict");

        assertThat(store.commit(WRITES))
                .isEqualTo(new CommitResult.Conflict(-1, "another transaction was in the way on run job-2"));
        assertThat(http.requests()).hasSize(4);
    }

    @Test
    void shouldBeUnavailableWhenDynamoDbKeepsThrottling() {
        http.cancelled("ThrottlingError", "None", "ProvisionedThroughputExceeded");

        assertThatThrownBy(() -> store.commit(WRITES)).isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("throttles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalServerError", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
            "AccessDeniedException", "ResourceNotFoundException"})
    void shouldBeUnavailableWithTheErrorsName(String error) {
        http.error(error.startsWith("Internal") ? 500 : 400, error);

        assertThatThrownBy(() -> store.commit(WRITES)).isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(error).hasMessageNotContaining("secret-token");
        assertThatThrownBy(() -> store.run("job-1")).isInstanceOf(StoreUnavailable.class).hasMessageContaining(error);
        assertThatThrownBy(() -> store.waiting(5)).isInstanceOf(StoreUnavailable.class).hasMessageContaining(error);
        assertThatThrownBy(() -> store.acquire("pass", "one", Rows.START, Duration.ofMinutes(1)))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining(error);
    }

    @Test
    void shouldAskAgainUnderTheSameTokenWhenTheAnswerIsLost() {
        http.lostAnswer().answer(200, "{}");

        assertThat(store.commit(WRITES).isCommitted()).isTrue();
        assertThat(tokens()).containsExactly("commit-1", "commit-1");
    }

    @Test
    void shouldBeUnavailableWhenNoAnswerEverComes() {
        http.lostAnswer();

        assertThatThrownBy(() -> store.commit(WRITES)).isInstanceOf(StoreUnavailable.class);
        assertThat(Set.copyOf(tokens())).containsExactly("commit-1");
    }

    @Test
    void shouldRefuseWhatNoRepetitionMends() {
        http.cancelled("None", "None", "ValidationError");
        assertThatThrownBy(() -> store.commit(WRITES)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run job-2").hasMessageContaining("ValidationError");

    }

    @Test
    void shouldRefuseARequestThatDynamoDbCallsInvalid() {
        http.error(400, "ValidationException");

        assertThatThrownBy(() -> store.commit(WRITES)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-token");
        assertThat(http.requests()).hasSize(1);
    }

    @Test
    void shouldGiveUpALeaseThatChangesUnderEachAttempt() {
        for (int i = 0; i < 4; i++) {
            http.answer(200, "{}").error(400, "ConditionalCheckFailedException");
        }
        http.answer(200, "{}");

        assertThatThrownBy(() -> store.acquire("pass", "one", Rows.START, Duration.ofMinutes(1)))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining("Lease pass");
        assertThat(http.requests()).hasSize(8);
    }

    private List<String> tokens() {
        return http.requests().stream().map(body -> REQUEST_TOKEN.matcher(body).results()
                .map(found -> found.group(1)).collect(Collectors.joining())).toList();
    }
}

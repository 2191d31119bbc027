package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What captured and nonsensical answers mean. */
final class RunAnswersTest {

    private static final Instant STARTED = Instant.parse("2026-11-21T07:57:29.764Z");
    private static final Instant ENDED = Instant.parse("2026-11-21T07:57:29.772Z");

    private final RunAnswers answers = new RunAnswers(JsonMapper.builder().build());

    private static String run(String state, String exitCode) {
        return """
                {"runId":"zurich-1","key":"a","jobId":"j","state":"%s","startedAt":"2026-11-21T07:57:29.764Z",
                 "endedAt":"2026-11-21T07:57:29.772Z","exitCode":%s,"message":"why"}""".formatted(state, exitCode);
    }

    private Observation observed(int status, String body) {
        return answers.observed("a", Reply.of(status, body));
    }

    @Test
    void shouldReadEveryState() {
        assertThat(observed(200, run("PENDING", "null"))).isEqualTo(new Observation.Pending());
        assertThat(observed(200, run("RUNNING", "null"))).isEqualTo(new Observation.Running(STARTED));
        assertThat(observed(200, run("SUCCEEDED", "0"))).isEqualTo(new Observation.Succeeded(STARTED, ENDED));
        assertThat(observed(200, run("CANCELLED", "143"))).isEqualTo(new Observation.Cancelled(STARTED, ENDED));
        assertThat(observed(200, run("SUSPENDED", "null"))).isEqualTo(new Observation.Unrecognised("SUSPENDED"));
    }

    @ParameterizedTest
    @CsvSource({"FAILED,3,USER_ERROR,EXIT_3", "TIMED_OUT,143,TIME_LIMIT,TIME_LIMIT",
            "KILLED,137,INFRASTRUCTURE,KILLED"})
    void shouldClassEveryFailure(String state, int exitCode, FailureClass failureClass, String code) {
        assertThat(observed(200, run(state, Integer.toString(exitCode)))).isEqualTo(
                new Observation.Failed(STARTED, ENDED, new Failure(failureClass, code, "why", exitCode, null)));
    }

    @Test
    void shouldTellAClusterThatKnowsNothingFromAServerThatIsNoCluster() {
        assertThat(observed(404, "{\"code\":\"NOT_FOUND\",\"message\":\"no such run\"}"))
                .isEqualTo(new Observation.NotFound());
        assertNonsense(404, "<html><title>404 Not Found</title></html>");
        assertNonsense(404, "{\"error\":\"no route\"}");
        assertNonsense(404, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "42", "{", "<html>", "{}", "{\"state\":\"RUNNING\"}",
            "{\"key\":\"a\",\"state\":null}", "{\"key\":\"a\",\"state\":7}", "{\"key\":\"a\",\"state\":\"\"}",
            "{\"key\":\"b\",\"state\":\"PENDING\"}", "{\"key\":\"a\",\"state\":\"RUNNING\"}",
            "{\"key\":\"a\",\"state\":\"RUNNING\",\"startedAt\":\"yesterday\"}",
            "{\"key\":\"a\",\"state\":\"SUCCEEDED\",\"startedAt\":\"2026-11-21T07:57:29Z\"}",
            "{\"key\":\"a\",\"state\":\"FAILED\",\"endedAt\":\"2026-11-21T07:57:29Z\",\"exitCode\":-1}",
            "{\"key\":\"a\",\"state\":\"FAILED\",\"endedAt\":\"2026-11-21T07:57:29Z\",\"exitCode\":\"3\"}",
            "{\"key\":\"a\",\"state\":\"FAILED\",\"endedAt\":\"2026-11-21T07:57:29Z\",\"exitCode\":1e9}",
            "{\"key\":\"a\",\"state\":\"RUNNING\",\"startedAt\":\"2026-11-21T07:5"})
    void shouldMakeNothingOfNonsense(String body) {
        assertNonsense(200, body);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 403, 429, 500, 502, 503})
    void shouldMakeNothingOfOtherStatuses(int status) {
        assertNonsense(status, run("SUCCEEDED", "0"));
    }

    private void assertNonsense(int status, String body) {
        assertThatThrownBy(() -> observed(status, body)).isInstanceOfSatisfying(ClusterUnavailable.class,
                failure -> assertThat(failure.kind()).isEqualTo(ClusterUnavailable.Kind.NONSENSE));
    }

    @Test
    void shouldReadSubmissions() {
        assertThat(
                answers.submitted("a", Reply.of(201, "{\"runId\":\"zurich-1\",\"key\":\"a\",\"state\":\"PENDING\"}")))
                .isEqualTo(new SubmitOutcome.Accepted("zurich-1"));
        assertThat(answers.submitted("a", Reply.of(409, "{\"code\":\"OVER_CAPACITY\",\"message\":\"full\"}")))
                .isEqualTo(new SubmitOutcome.Refused("OVER_CAPACITY", "full"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200|<html>", "201|{}", "201|{\"runId\":\"x\",\"key\":\"b\"}", "409|full",
            "409|{}",
            "503|{\"code\":\"UNAVAILABLE\",\"message\":\"m\"}", "500|{\"runId\":\"x\",\"key\":\"a\"}"})
    void shouldMakeNothingOfNonsenseAboutSubmissions(int status, String body) {
        assertThatThrownBy(() -> answers.submitted("a", Reply.of(status, body))).isInstanceOf(ClusterUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"seq\":-1,\"ended\":[]}", "{\"seq\":\"1\",\"ended\":[]}",
            "{\"seq\":1,\"ended\":{}}",
            "{\"seq\":1,\"ended\":[{}]}"})
    void shouldMakeNothingOfNonsenseAboutChanges(String body) {
        assertThatThrownBy(() -> answers.changes(Reply.of(200, body))).isInstanceOf(ClusterUnavailable.class);
    }
}

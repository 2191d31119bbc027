package io.stepyard.clusters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Prometheus 2.42, as they came. */
class PrometheusAnswerTest {

    @Test
    void shouldReadOneSeriesAndOneScalar() {
        assertThat(number(vector("[{\"metric\":{\"cluster\":\"a\"},\"value\":[1795170312.589,\"0.42\"]}]")))
                .isEqualTo(0.42);
        assertThat(number(
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1795170312.589,\"7\"]}}"))
                .isEqualTo(7);
    }

    @Test
    void shouldNeverTakeAnEmptyAnswerForZero() {
        assertThatThrownBy(() -> number(vector("[]"))).isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining("its target is down");
    }

    @Test
    void shouldAskForASumWhenThereAreSeveralSeries() {
        assertThatThrownBy(() -> number(vector("[{\"value\":[1,\"1\"]},{\"value\":[1,\"2\"]}]")))
                .isInstanceOf(ClusterUnavailable.class).hasMessageContaining("sum them up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf", "-1", "1e30", "lots"})
    void shouldRefuseAbsurdNumbers(String value) {
        assertThatThrownBy(() -> number(vector("[{\"value\":[1,\"" + value + "\"]}]")))
                .isInstanceOfSatisfying(ClusterUnavailable.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ClusterUnavailable.Kind.NONSENSE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]",
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}"})
    void shouldRefuseWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> number(body)).isInstanceOf(ClusterUnavailable.class);
    }

    private static double number(String body) {
        return PrometheusAnswer.number("cpuUsedQuery", Reply.of(200, body), 1e6);
    }

    private static String vector(String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":" + result + "}}";
    }
}

package io.stepyard.clusters.http;

import io.stepyard.clusters.call.Reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What captured and nonsensical metrics pages mean. */
final class MetricsAnswerTest {

    private static final String USED = "stepyard_cluster_cpu_used_cores 1.5\n";
    private static final String PAGE = """
            # HELP stepyard_cluster_cpu_capacity_cores Cores that runs may hold together.
            # TYPE stepyard_cluster_cpu_capacity_cores gauge
            stepyard_cluster_cpu_capacity_cores 64
            """ + USED + """
            stepyard_cluster_memory_capacity_bytes 6.8719476736e+10
            stepyard_cluster_memory_used_bytes 104857601
            stepyard_cluster_sample_timestamp_seconds 1795247852.355
            stepyard_cluster_refusals_total 0
            stepyard_cluster_runs{state="PENDING"} 0
            stepyard_cluster_runs{state="odd \\" } name"} 1 1795247852355

            """;

    private static ClusterSample sample(String page) {
        return MetricsAnswer.sample(Reply.of(200, page));
    }

    @Test
    void shouldReadAPageRoundingUseUp() {
        assertThat(sample(PAGE)).isEqualTo(new ClusterSample(Resources.ofCores(64, 65_536), new Resources(1500, 101),
                Instant.parse("2026-11-21T07:57:32.355Z")));
    }

    @Test
    void shouldReadDecimalCoresAsWritten() {
        assertThat(sample(PAGE.replace(" 1.5\n", " 0.30000000000000004\n")).used().cpuMillicores()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "+Inf", "-Inf", "Inf", "-1", "-0.001", "1e300", "99999999999", "many", "0x",
            ""})
    void shouldMakeNothingOfAbsurdNumbers(String value) {
        assertNonsense(PAGE.replace(USED, "stepyard_cluster_cpu_used_cores " + value + "\n"));
    }

    @Test
    void shouldMakeNothingOfAMissingMetric() {
        assertNonsense(PAGE.replace(USED, ""));
        assertNonsense("");
        assertNonsense("# nothing\n");
    }

    @Test
    void shouldMakeNothingOfAMetricThatIsThereTwice() {
        assertNonsense(PAGE + USED);
        assertNonsense(PAGE + "stepyard_cluster_cpu_used_cores{node=\"b\"} 2\n");
    }

    @Test
    void shouldMakeNothingOfZeroCapacity() {
        assertNonsense(PAGE.replace("capacity_cores 64", "capacity_cores 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Service Unavailable</html>", "{\"used\":1}", "stepyard_cluster_cpu_used_cores",
            "stepyard_cluster_cpu_used_cores{state=\"x 1"})
    void shouldMakeNothingOfAPageWithALineThatIsNoMetric(String line) {
        assertNonsense(PAGE + line + "\n");
    }

    @Test
    void shouldMakeNothingOfAnotherStatus() {
        assertThatThrownBy(() -> MetricsAnswer.sample(Reply.of(500, PAGE))).isInstanceOf(ClusterUnavailable.class);
    }

    private static void assertNonsense(String page) {
        assertThatThrownBy(() -> sample(page)).isInstanceOfSatisfying(ClusterUnavailable.class,
                failure -> assertThat(failure.kind()).isEqualTo(ClusterUnavailable.Kind.NONSENSE));
    }
}

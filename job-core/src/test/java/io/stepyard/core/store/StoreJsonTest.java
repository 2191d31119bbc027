package io.stepyard.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StoreJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
    private static final TaskToken TOKEN = new TaskToken("secret-token");

    private static final JobSpec SPEC = spec();
    private static final JobRun RUN = new JobRun("job-1", 4, SPEC, JobState.FAILED,
            "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:job-1", TOKEN, NOON,
            NOON.plusSeconds(1), NOON.plusSeconds(2), NOON.plusSeconds(3),
            List.of(new Attempt(1, "zurich", SPEC.resources(), "grant-1", 7, AttemptState.FAILED, NOON.plusSeconds(1),
                    "c-1", NOON.plusSeconds(2), NOON.plusSeconds(3),
                    new Failure(FailureClass.USER_ERROR, "EXIT_3", "exited with 3", 3, "access denied\n")),
                    new Attempt(2, "geneva", SPEC.resources(), "grant-2", 7, AttemptState.EXPIRED, NOON, null, null,
                            null, null)),
            new Failure(FailureClass.USER_ERROR, "EXIT_3", "exited with 3", 3, null),
            List.of(new JobEvent(NOON, "JobAccepted", "user:ada", "accepted")));
    private static final QueueRow QUEUE_ROW = new QueueRow("job-1", 1000, NOON, 1, SPEC, TOKEN);
    private static final ClusterRecord CLUSTER = new ClusterRecord("zurich", 3, "http",
            URI.create("http://127.0.0.1:8091"), Resources.ofCores(4, 8192), Map.of("zone", "eu", "arch", "x86"),
            Map.of("partition", "long"), true,
            "disk swap", Resources.ofCores(1, 512),
            new ClusterRecord.Health(ClusterRecord.Health.Status.HEALTHY, Resources.ofCores(2, 1024),
                    Resources.ofCores(1, 512), NOON, NOON, null,
                    ""));

    @Test
    void shouldReadBackWhatWasWritten() {
        assertThat(StoreJson.run(StoreJson.ofRun(RUN), TOKEN)).isEqualTo(RUN);
        assertThat(StoreJson.queueRow(StoreJson.ofQueueRow(QUEUE_ROW)))
                .isEqualTo(new QueueRow("job-1", 1000, NOON, 1, SPEC, null));
        assertThat(StoreJson.cluster(StoreJson.ofCluster(CLUSTER), CLUSTER.reserved())).isEqualTo(CLUSTER);
    }

    @Test
    void shouldKeepTodaysForm() {
        assertSameJson("run.json", StoreJson.ofRun(RUN));
        assertSameJson("queue-row.json", StoreJson.ofQueueRow(QUEUE_ROW));
        assertSameJson("cluster.json", StoreJson.ofCluster(CLUSTER));
    }

    @Test
    void shouldReadTodaysFormTomorrow() {
        assertThat(StoreJson.run(golden("run.json"), TOKEN)).isEqualTo(RUN);
        assertThat(StoreJson.cluster(golden("cluster.json"), CLUSTER.reserved())).isEqualTo(CLUSTER);
    }

    @Test
    void shouldReadAClusterFromBeforeThereWereOptions() {
        assertThat(StoreJson.cluster(golden("cluster-before-options.json"), CLUSTER.reserved()).options()).isEmpty();
    }

    @Test
    void shouldNeverWriteATokenOrALedger() {
        assertThat(StoreJson.ofRun(RUN)).doesNotContain("secret").doesNotContain("token");
        assertThat(StoreJson.ofQueueRow(QUEUE_ROW)).doesNotContain("secret").doesNotContain("token");
        assertThat(StoreJson.ofCluster(CLUSTER)).doesNotContain("reserved");
    }

    @Test
    void shouldPassOverFieldsOfANewerVersion() {
        String newer = golden("run.json")
                .replace("\"jobId\"", "\"addedLater\" : {\"a\" : [1]}, \"jobId\"")
                .replace("\"kind\"", "\"shell\" : true, \"kind\"");
        assertThat(newer).contains("addedLater").contains("shell");
        assertThat(StoreJson.run(newer, TOKEN)).isEqualTo(RUN);
    }

    @Test
    void shouldSayWhatIsWrongWithARowThatIsNoRun() {
        assertThatThrownBy(() -> StoreJson.run("{\"jobId\":", null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected a stored JobRun as JSON");
        assertThatThrownBy(() -> StoreJson
                .queueRow(golden("queue-row.json").replace("\"kind\": \"command\"", "\"kind\": \"teleport\"")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("teleport");
    }

    @Test
    void shouldWriteEqualRowsAsEqualTexts() {
        Set<FailureClass> one = new java.util.LinkedHashSet<>(List.of(FailureClass.REFUSED, FailureClass.LOST));
        Set<FailureClass> two = new java.util.LinkedHashSet<>(List.of(FailureClass.LOST, FailureClass.REFUSED));
        assertThat(textWithRetryOn(one)).isEqualTo(textWithRetryOn(two)).contains("[\"LOST\",\"REFUSED\"]");
    }

    private static String textWithRetryOn(Set<FailureClass> on) {
        JobSpec spec = new JobSpec("n", "t", 1, SPEC.resources(), SPEC.timeLimit(), Set.of(), Map.of(), SPEC.run(),
                Map.of(), new RetryPolicy(2, Duration.ZERO, 1, on), Map.of());
        return StoreJson.ofQueueRow(new QueueRow("a", 1, NOON, 0, spec, TOKEN));
    }

    private static JobSpec spec() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dataset", "s3://bucket/key");
        attributes.put("rows", 12);
        attributes.put("nested", Map.of("list", List.of(1, "two", 3.5, true)));
        return new JobSpec("word-count", "research", 1000, new Resources(1500, 2048), Duration.ofMinutes(10),
                Set.of("zurich", "geneva"), Map.of("zone", "eu"),
                new RunSpec.Command(List.of("python3", "count.py"), "/srv/jobs"), Map.of("B", "2", "A", "1"),
                new RetryPolicy(3, Duration.ofSeconds(5), 2, Set.of(FailureClass.LOST, FailureClass.INFRASTRUCTURE)),
                attributes);
    }

    private static void assertSameJson(String name, String actual) {
        JsonMapper mapper = JsonMapper.builder().build();
        assertThat(mapper.readTree(actual)).as(name + " against: " + actual).isEqualTo(mapper.readTree(golden(name)));
    }

    private static String golden(String name) {
        try (InputStream in = Objects.requireNonNull(StoreJsonTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void shouldReadRowsThatWereWrittenBeforeHoldsAndWindows() {
        String queueRow = StoreJson.ofQueueRow(QUEUE_ROW);
        String cluster = StoreJson.ofCluster(CLUSTER);

        assertThat(queueRow).contains(",\"held\":false");
        assertThat(StoreJson.queueRow(queueRow.replace(",\"held\":false", "")).held()).isFalse();
        assertThat(cluster).contains(",\"windows\":[],\"origin\":\"OPERATOR\"");
        assertThat(StoreJson.cluster(cluster.replace(",\"windows\":[],\"origin\":\"OPERATOR\"", ""),
                Resources.NONE).windows()).isEmpty();
    }
}

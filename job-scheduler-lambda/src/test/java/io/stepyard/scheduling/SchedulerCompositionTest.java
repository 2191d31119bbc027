package io.stepyard.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.contracts.ServiceProcess;
import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.memory.InMemoryClusters;
import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.TaskToken;
import io.stepyard.function.Events;
import io.stepyard.function.FunctionSettings;
import io.stepyard.function.JobFunction;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The scheduler function over ports in memory: a tick goes in, and what the pass did comes out. */
class SchedulerCompositionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Resources SIZE = Resources.ofCores(4, 8192);

    private final InMemoryJobStore store = new InMemoryJobStore();
    private final InMemoryClusters clusters = new InMemoryClusters(CLOCK);
    private final RecordingSignals signals = new RecordingSignals();

    private JobFunction scheduler(String owner) {
        return SchedulerComposition.compose(
                new ScheduleTick.Ports(store, store, store, signals, CLOCK, Runnable::run), clusters,
                SchedulerSettings.DEFAULT, owner);
    }

    private void addZurich() {
        clusters.add("zurich", SIZE);
        new RegisterCluster(store, store).register("zurich", InMemoryClusters.KIND, URI.create("simulated://zurich"),
                SIZE, Map.of());
    }

    private void accept(String jobId, int priority) {
        new AcceptJob(store, store, signals, () -> {
            // The test ticks itself.
        }, CLOCK, new JobReader()).accept(new QueueRequest(jobId, "arn:" + jobId, NOW, """
                {"schemaVersion": 1, "name": "nightly", "priority": %d, "cpu": 3, "memory": "1GiB",
                 "run": {"kind": "command", "command": ["true"]}}""".formatted(priority),
                new TaskToken("token-of-" + jobId)));
    }

    private static JsonNode tick() {
        return Events.MAPPER.readTree("{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\"}");
    }

    @Test
    void shouldAnswerATickWithWhatThePassDid() {
        addZurich();
        accept("late-but-urgent", 2000);
        accept("ordinary", 1000);

        JsonNode report = scheduler("a").handle(tick());

        assertThat(report).isEqualTo(Events.MAPPER.readTree(
                "{\"ranPass\":true,\"examined\":2,\"granted\":1,\"conflicts\":0,\"signalledAgain\":0}"));
        assertThat(store.run("late-but-urgent").orElseThrow().state()).isEqualTo(JobState.GRANTED);
        assertThat(store.run("ordinary").orElseThrow().state()).isEqualTo(JobState.QUEUED);
        assertThat(signals.delivered()).hasSize(1);
    }

    @Test
    void shouldAnswerAnEmptyQueueAndAKickAlike() {
        addZurich();

        assertThat(scheduler("a").handle(Events.MAPPER.createObjectNode()).get("examined").asInt()).isZero();
    }

    @Test
    void shouldLeaveTheQueueFreeForTheNextSchedulerAfterEachCall() {
        addZurich();
        scheduler("a").handle(tick());

        assertThat(scheduler("b").handle(tick()).get("ranPass").asBoolean()).isTrue();
    }

    @Test
    void shouldRunNoPassWhileAnotherSchedulerOwnsTheQueue() {
        addZurich();
        accept("ordinary", 1000);
        store.acquire(ScheduleTick.LEASE, "somebody-else", NOW, Duration.ofMinutes(1));

        assertThat(scheduler("a").handle(tick()).get("ranPass").asBoolean()).isFalse();
        assertThat(store.run("ordinary").orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }

    private static SchedulerSettings settings(Map<String, String> environment) {
        return SchedulerComposition.settings(FunctionSettings.ofEnvironment(environment));
    }

    @Test
    void shouldTakeEachSettingFromTheEnvironmentAndDefaultsForTheRest() {
        assertThat(settings(Map.of())).isEqualTo(SchedulerSettings.DEFAULT);
        assertThat(settings(Map.of("STEPYARD_POLICY", "fifo", "STEPYARD_QUEUE_DEPTH", "50", "STEPYARD_LEASE_LENGTH",
                "30s", "STEPYARD_SAMPLE_EVERY", "2s", "STEPYARD_SAMPLE_MAX_AGE", "3m", "STEPYARD_LOOK_AGAIN_AFTER",
                "4s", "STEPYARD_SIGNAL_AGAIN_AFTER", "5s", "STEPYARD_PREDICTION", "limit",
                "STEPYARD_USAGE_STORED_EVERY", "7s")))
                .isEqualTo(new SchedulerSettings("fifo", 50, Duration.ofSeconds(30), Duration.ofSeconds(2),
                        Duration.ofMinutes(3), Duration.ofSeconds(4), Duration.ofSeconds(5),
                        SchedulerSettings.Prediction.LIMIT, Duration.ofSeconds(7)));
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        assertThatThrownBy(() -> settings(Map.of("STEPYARD_LEASE_LENGTH", "soon")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("stepyard.lease-length")
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> settings(Map.of("STEPYARD_QUEUE_DEPTH", "many")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("stepyard.queue-depth");
    }

    @Test
    void shouldNotStartAsAServiceWithAWrongSettingAndNameIt() {
        Map<String, String> environment = new HashMap<>(ServiceProcess.anyAwsAccount());
        environment.put("STEPYARD_LEASE_LENGTH", "soon");

        assertThatThrownBy(() -> ServiceProcess.start(SchedulerApplication.class, environment).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Setting stepyard.lease-length: found 'soon'")
                .hasMessageContaining("APPLICATION FAILED TO START").hasMessageNotContaining("\tat ");
    }
}

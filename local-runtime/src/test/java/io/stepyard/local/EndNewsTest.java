package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.RunSteps;
import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndNewsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final JobRun accepted = RunSteps.accepted("a", new JobSpec("a", "t", 1, Resources.ofCores(1, 64),
            Duration.ofMinutes(1), Set.of(), Map.of(), new RunSpec.Command(List.of("true"), null), Map.of(),
            RetryPolicy.DEFAULT, Map.of()), "arn", new TaskToken("token"), NOW, NOW);
    private final InMemoryJobStore store = new InMemoryJobStore();

    private static JsonNode command(String name) {
        var request = Events.MAPPER.createObjectNode().put("command", name);
        request.putObject("grant").put("jobId", "a");
        return request;
    }

    private static JobFunction holding(EndNews news) {
        return news.holding(request -> Events.MAPPER.createObjectNode().put("looked", true));
    }

    private void store(JobRun run) {
        store.commit(List.of(run.version() == 1 ? new StoreWrite.InsertRun(run) : new StoreWrite.ReplaceRun(run)));
    }

    @Test
    void shouldLookAtOnceWhenTheEndOfTheJobIsTold() throws Exception {
        store(accepted);
        store(RunSteps.granted(accepted, "zurich", 1, NOW));
        EndNews news = new EndNews(store, FOR_EVER);
        CompletableFuture<JsonNode> look = CompletableFuture
                .supplyAsync(() -> holding(news).handle(command("STATUS")));

        Set<String> held = Eventually.within(Duration.ofSeconds(20), "a look held back", news::awaited,
                jobs -> !jobs.isEmpty());
        assertThat(held).containsExactly("a");
        news.ended("b");
        assertThat(look).isNotDone();
        news.ended("a");

        assertThat(look.get(20, TimeUnit.SECONDS).path("looked").asBoolean()).isTrue();
    }

    @Test
    void shouldLookWithoutNewsWhenTheTimeIsOver() {
        store(accepted);
        store(RunSteps.granted(accepted, "zurich", 1, NOW));

        assertThat(holding(new EndNews(store, Duration.ZERO)).handle(command("STATUS")).path("looked").asBoolean())
                .isTrue();
    }

    @Test
    void shouldNotHoldBackALookAtAJobThatHoldsNothing() {
        store(accepted);

        assertThat(holding(new EndNews(store, FOR_EVER)).handle(command("STATUS")).path("looked").asBoolean())
                .isTrue();
    }

    @Test
    void shouldHoldBackNothingButLooks() {
        store(accepted);
        store(RunSteps.granted(accepted, "zurich", 1, NOW));

        assertThat(holding(new EndNews(store, FOR_EVER)).handle(command("START")).path("looked").asBoolean())
                .isTrue();
    }
}

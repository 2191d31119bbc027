package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.memory.RunScript;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.world.World;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunTimesTest {

    private final World world = World.withZurich();

    private static String job(String name, String more) {
        return """
                {"schemaVersion":1,"name":"%s","run":{"kind":"command","command":["true"]},"cpu":4,"memory":"1GiB"%s}"""
                .formatted(name, more);
    }

    private void ran(String jobId, String name, Duration length) {
        world.clusters.script(_ -> RunScript.succeedingAfter(length));
        var grant = world.running(jobId, job(name, ""));
        world.advance(length);
        world.observe.observe(grant);
        assertThat(world.run(jobId).state().isFinal()).isTrue();
    }

    private RunTimes times() {
        return RunTimes.of(world.store.runs(new RunQuery(Set.of(), null, 100, null)).items());
    }

    @Test
    void shouldExpectTheMeanOfTheLastTwoSimilarJobs() {
        ran("a1", "count", Duration.ofSeconds(1000));
        ran("a2", "count", Duration.ofSeconds(100));
        ran("a3", "count", Duration.ofMinutes(5));
        ran("b1", "sort", Duration.ofSeconds(7));

        assertThat(times().of(world.run("a1").spec())).contains(Duration.ofSeconds(200));
        assertThat(times().of(world.run("b1").spec())).as("ran once").isEmpty();
    }

    @Test
    void shouldNeverExpectMoreThanTheTimeLimit() {
        ran("a1", "count", Duration.ofSeconds(1000));
        ran("a2", "count", Duration.ofSeconds(1000));
        world.submit("short", job("count", ",\"timeLimit\":\"60s\""));

        assertThat(times().of(world.run("short").spec())).contains(Duration.ofMinutes(1));
    }

    @Test
    void shouldMoveAPredictionThatHasPassedOnByStepsUpToTheTimeLimit() {
        ran("a1", "count", Duration.ofSeconds(100));
        ran("a2", "count", Duration.ofSeconds(100));
        world.clusters.script(_ -> RunScript.ENDLESS);
        world.running("now", job("count", ",\"timeLimit\":\"500s\""));
        JobRun run = world.run("now");
        var attempt = run.attempts().getLast();
        var started = Objects.requireNonNull(attempt.startedAt());

        assertThat(times().endOf(run, attempt, started.plusSeconds(99))).isEqualTo(started.plusSeconds(100));
        assertThat(times().endOf(run, attempt, started.plusSeconds(100))).isEqualTo(started.plusSeconds(160));
        assertThat(times().endOf(run, attempt, started.plusSeconds(170))).isEqualTo(started.plusSeconds(400));
        assertThat(times().endOf(run, attempt, started.plusSeconds(450))).isEqualTo(started.plusSeconds(500));
    }

    @Test
    void shouldMoveExpectedStartsAndNothingThatThePassDoes() {
        ran("a1", "count", Duration.ofSeconds(100));
        ran("a2", "count", Duration.ofSeconds(100));
        world.clusters.script(_ -> RunScript.ENDLESS);
        world.running("now", job("count", ""));
        world.submit("next", job("count", ""));
        world.advance(Duration.ofSeconds(1));
        world.submit("last", job("count", ""));
        var started = Objects.requireNonNull(world.run("now").attempts().getLast().startedAt());

        ExplainQueue.Explanation explained = world.explain.explain();
        var outlook = world.explain.outlook(explained);

        ExplainQueue.Outlook next = Objects.requireNonNull(outlook.get("next"));
        assertThat(Objects.requireNonNull(next.standing().plannedStart()).at()).isEqualTo(started.plusSeconds(3600));
        assertThat(Objects.requireNonNull(next.expected()).at()).isEqualTo(started.plusSeconds(100));
        ExplainQueue.Outlook last = Objects.requireNonNull(outlook.get("last"));
        assertThat(Objects.requireNonNull(last.expected()).at()).isEqualTo(started.plusSeconds(200));
        assertThat(next.expectedBasis()).contains("last two");
        assertThat(explained.reasons().get("next")).isNotEmpty();
        assertThat(explained.placements()).isEmpty();
    }
}

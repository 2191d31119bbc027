package io.stepyard.scheduler;

import static io.stepyard.scheduler.Scenarios.NOW;
import static io.stepyard.scheduler.Scenarios.cluster;
import static io.stepyard.scheduler.Scenarios.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a user is told about when a job starts and why it stands where it stands. */
class QueueForecastTest {

    private static final RunningJob LONG = new RunningJob("r", "zurich", Resources.ofCores(6, 6144),
            NOW.plus(Duration.ofHours(2)), "t");

    @Test
    void shouldPlanEveryWaitingJobBehindThoseBeforeIt() {
        PassInput input = new PassInput(List.of(job("first", 9, 8), job("second", 5, 8), job("small", 1, 2)),
                List.of(LONG), List.of(cluster("zurich", 8, 2)), NOW);

        List<JobForecast> forecasts = new QueueForecast(Policies.policy("easy"), 10).of(input);

        assertThat(forecasts).extracting(JobForecast::jobId).containsExactly("first", "second", "small");
        assertThat(forecasts).extracting(JobForecast::rank).containsExactly(1, 2, 3);
        assertThat(forecasts).extracting(forecast -> Objects.requireNonNull(forecast.plannedStart()).at())
                .containsExactly(NOW.plus(Duration.ofHours(2)), NOW.plus(Duration.ofHours(3)), NOW);
        assertThat(forecasts.getLast().basis()).isEqualTo("it starts in the next pass");
    }

    @Test
    void shouldShowTheFactorsBehindARank() {
        PassTerms terms = new PassTerms(Map.of("research", new PassTerms.Tenant(1, null, 99, 30),
                "other", new PassTerms.Tenant(1, null, 99, 10)), List.of());
        PassInput input = new PassInput(List.of(job("a", 7, 2)), List.of(), List.of(cluster("zurich", 8, 2)), NOW,
                terms);

        assertThat(new QueueForecast(Policies.policy("default"), 10).of(input)).singleElement().satisfies(forecast -> {
            assertThat(forecast.tier()).isEqualTo(7);
            assertThat(forecast.waited()).isEqualTo(Duration.ofMinutes(1));
            assertThat(forecast.expansion()).isEqualTo(3660.0 / 3600);
            assertThat(forecast.fairShare()).isEqualTo(1.5);
            assertThat(forecast.score()).isEqualTo(3660.0 / 3600 / 2.5);
            assertThat(forecast.isFirstByAge()).isFalse();
        });
    }

    @Test
    void shouldSayThatNothingKnownLetsAJobStart() {
        PassInput input = new PassInput(List.of(job("never", 9, 80)), List.of(), List.of(cluster("zurich", 8, 2)), NOW);

        assertThat(new QueueForecast(Policies.policy("easy"), 10).of(input)).singleElement().satisfies(forecast -> {
            assertThat(forecast.plannedStart()).isNull();
            assertThat(forecast.basis()).contains("no known end");
        });
    }

    @Test
    void shouldPlanWhatThePassPlacesForNow() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            Map<String, String> placed = new HashMap<>();
            Policies.named("default").run(input).placements()
                    .forEach(placement -> placed.put(placement.jobId(), placement.cluster()));
            for (JobForecast forecast : new QueueForecast(Policies.policy("default"), 100).of(input)) {
                PlannedStart start = forecast.plannedStart();
                String cluster = placed.get(forecast.jobId());
                if (cluster != null) {
                    assertThat(start).isEqualTo(new PlannedStart(forecast.jobId(), cluster, input.now()));
                } else if (start != null) {
                    assertThat(start.at()).isAfterOrEqualTo(input.now());
                }
            }
        });
    }
}

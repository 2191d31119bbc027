package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.store.ClusterRecord.Health.Status;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster that cannot be used gets nothing, and the rest of the queue goes on (A23, A30): missing never means idle. */
class UnusableClustersTest {

    private final World world = World.withZurich();

    @BeforeEach
    void twoClusters() {
        world.add("geneva", World.SIZE);
        world.tick();
        world.advance(Duration.ofSeconds(2));
    }

    private void shouldPlaceNothingInZurichAndTheRestInGeneva() {
        world.submit("only-zurich", World.json("""
                "priority":9999,"cpu":1,"memory":"1GiB","clusters":["zurich"]"""));
        world.submit("any", World.json("""
                "cpu":4,"memory":"8GiB\""""));

        world.tick();

        assertThat(world.state("only-zurich")).isEqualTo(JobState.QUEUED);
        assertThat(world.grant("any").cluster()).isEqualTo("geneva");
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"DOWN", "SLOW", "NONSENSE", "LOST_REPLY", "NO_METRICS"})
    void shouldPlaceNothingOnAClusterWithoutAUsableAnswerAndUseItAgainLater(Fault fault) {
        world.clusters.begin("zurich", fault);
        shouldPlaceNothingInZurichAndTheRestInGeneva();
        assertThat(world.cluster("zurich").health().status())
                .isEqualTo(fault == Fault.NONSENSE || fault == Fault.NO_METRICS
                        ? Status.NO_METRICS
                        : Status.UNREACHABLE);
        assertThat(world.cluster("zurich").health().detail()).contains("zurich");

        world.clusters.heal("zurich");
        world.advance(World.SETTINGS.lookAgainAfter());
        world.tick();

        assertThat(world.state("only-zurich")).isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldLeaveAClusterThatGaveNoAnswerAloneForAWhile() {
        world.clusters.begin("zurich", Fault.DOWN);
        world.tick();
        world.clusters.heal("zurich");
        world.advance(World.SETTINGS.lookAgainAfter().minusMillis(1));
        world.tick();
        assertThat(world.cluster("zurich").health().status()).isEqualTo(Status.UNREACHABLE);

        world.advance(Duration.ofMillis(1));
        world.tick();

        assertThat(world.cluster("zurich").health().status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void shouldPlaceNothingOnADrainedClusterUntilItIsOpenedAgain() {
        world.drain("zurich", true);
        shouldPlaceNothingInZurichAndTheRestInGeneva();

        world.drain("zurich", false);
        world.tick();

        assertThat(world.state("only-zurich")).isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldPlaceNothingOnAClusterThatIsDrainedBetweenPassAndCommit() {
        world.tick();
        world.submit("only-zurich", World.json("""
                "cpu":1,"memory":"1GiB","clusters":["zurich"]"""));
        world.submit("any", World.json("""
                "cpu":4,"memory":"8GiB","clusters":["geneva"]"""));
        world.store.beforeNextCommit(() -> world.drain("zurich", true));

        TickReport report = world.scheduler.tick();

        assertThat(report.conflicts()).isEqualTo(1);
        assertThat(world.state("any")).isEqualTo(JobState.GRANTED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    static Stream<UnaryOperator<ClusterSample>> badSamples() {
        return Stream.of(
                sample -> at(sample, sample.sampledAt().minus(World.SETTINGS.sampleMaxAge()).minusSeconds(1)),
                sample -> at(sample, sample.sampledAt().minusSeconds(3)),
                sample -> at(sample, sample.sampledAt().plus(Duration.ofDays(365))),
                _ -> {
                    throw new ClusterUnavailable(ClusterUnavailable.Kind.NONSENSE, "zurich: cpu_used is NaN", null);
                },
                _ -> {
                    throw new IllegalArgumentException("zurich: an adapter that did not expect this");
                },
                sample -> new ClusterSample(sample.capacity(), sample.capacity(), sample.sampledAt()));
    }

    private static ClusterSample at(ClusterSample sample, Instant sampledAt) {
        return new ClusterSample(sample.capacity(), sample.used(), sampledAt);
    }

    @ParameterizedTest
    @MethodSource("badSamples")
    void shouldPlaceNothingOnStaleBackwardFutureNonsensicalOrFullMetrics(UnaryOperator<ClusterSample> bad) {
        world.gateway.sample("zurich", bad);
        shouldPlaceNothingInZurichAndTheRestInGeneva();

        world.gateway.sample("zurich", UnaryOperator.identity());
        world.advance(World.SETTINGS.lookAgainAfter());
        world.tick();

        assertThat(world.state("only-zurich")).as("once the metrics are good again").isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldStopPlacingWhenTheMetricsStandStillForTooLong() {
        world.clusters.begin("zurich", Fault.STALE_METRICS);
        world.advance(World.SETTINGS.sampleMaxAge().plusSeconds(1));
        shouldPlaceNothingInZurichAndTheRestInGeneva();
    }

    @Test
    void shouldTakeWhatOthersUseOffWhatIsUsableAndItsOwnJobsOnlyOnce() {
        world.running("ours", World.json("""
                "cpu":1,"memory":"1GiB","clusters":["zurich"]"""));
        Resources foreign = Resources.ofCores(2, 2048);
        world.gateway.sample("zurich", sample -> new ClusterSample(sample.capacity(), sample.used().plus(foreign),
                sample.sampledAt()));
        world.advance(Duration.ofSeconds(2));
        world.tick();
        assertThat(world.cluster("zurich").health().elsewhere()).isEqualTo(foreign);

        world.submit("two", World.json("""
                "cpu":2,"memory":"1GiB","clusters":["zurich"]"""));
        world.submit("one", World.json("""
                "cpu":1,"memory":"1GiB","clusters":["zurich"]"""));
        world.tick();

        assertThat(world.state("two")).as("4 cores, 2 of others and 1 of ours").isEqualTo(JobState.QUEUED);
        assertThat(world.state("one")).isEqualTo(JobState.GRANTED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(2, 2048));
    }

    @Test
    void shouldGrantInTheSameTickWhenTheNewsOfOneClusterCouldNotBeStored() {
        world.submit("a", World.once());
        world.store.failNext(io.stepyard.core.world.FaultyStore.Fault.LOST);

        assertThat(world.scheduler.tick().granted()).isEqualTo(1);
    }

    @Test
    void shouldLearnTheSizeOfAClusterFromItsSample() {
        world.clusters.add("basel", Resources.ofCores(64, 65_536));
        world.register.register("basel", "simulated", java.net.URI.create("simulated://basel"), Resources.NONE,
                java.util.Map.of());
        world.submit("large", World.json("""
                "cpu":64,"memory":"64GiB\""""));

        world.tick();

        assertThat(world.grant("large").cluster()).isEqualTo("basel");
        assertThat(world.cluster("basel").capacity()).isEqualTo(Resources.ofCores(64, 65_536));
    }
}

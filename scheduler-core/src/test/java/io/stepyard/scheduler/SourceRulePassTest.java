package io.stepyard.scheduler;

import static io.stepyard.scheduler.Scenarios.NOW;
import static io.stepyard.scheduler.Scenarios.cluster;
import static io.stepyard.scheduler.Scenarios.input;
import static io.stepyard.scheduler.Scenarios.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceRulePassTest {

    private final Pass pass = Policies.named(Policies.SOURCE);

    @Test
    void shouldPlaceTheHighestPriorityFirst() {
        PassResult result = pass.run(input(List.of(job("low", 1, 4), job("high", 9, 4)), cluster("zurich", 4, 4)));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("high");
        assertThat(result.reasons()).containsOnlyKeys("low");
    }

    @Test
    void shouldBreakTiesByTimeInTheQueueAndThenByJobId() {
        WaitingJob late = job("a", 5, 2);
        WaitingJob early = new WaitingJob("z", 5, NOW.minusSeconds(61), late.resources(), late.timeLimit(), "research",
                Set.of(), Map.of(), Set.of(), Map.of());

        PassResult result = pass.run(input(List.of(job("b", 5, 2), late, early), cluster("zurich", 8, 8)));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("z", "a", "b");
    }

    @Test
    void shouldStartALowerJobThatFitsWhenAHigherOneDoesNot() {
        PassResult result = pass.run(input(List.of(job("big", 9, 6), job("small", 1, 2)), cluster("zurich", 8, 4)));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("small");
    }

    @Test
    void shouldFillTheTightestClusterAndGoByNameWhenEquallyTight() {
        PassResult tight = pass.run(input(List.of(job("a", 1, 2)), cluster("geneva", 8, 8), cluster("zurich", 8, 3)));
        PassResult equal = pass.run(input(List.of(job("a", 1, 2)), cluster("zurich", 8, 8), cluster("geneva", 8, 8)));

        assertThat(tight.placements()).extracting(Placement::cluster).containsExactly("zurich");
        assertThat(equal.placements()).extracting(Placement::cluster).containsExactly("geneva");
    }

    @Test
    void shouldSayHowMuchIsMissingUntilWhenAndWhatWouldStart() {
        PassInput input = new PassInput(List.of(job("a", 1, 4)),
                List.of(new RunningJob("r", "zurich", Resources.ofCores(6, 6144), NOW.plusSeconds(8400), "t")),
                List.of(cluster("zurich", 8, 2)), NOW);

        assertThat(texts(pass.run(input), "a")).containsExactly(
                "CAPACITY:RESOURCES - zurich lacks 2 of 4 cores and 2 GiB of 4 GiB memory until about 14:20 UTC by what "
                        + "is known of the running jobs; a job of 2 cores, 2 GiB would start now");
    }

    @Test
    void shouldSayThatNoWaitingHelpsWhenTheJobIsLargerThanTheCluster() {
        PassResult result = pass.run(input(List.of(job("a", 1, 16)), cluster("zurich", 8, 8)));

        assertThat(texts(result, "a")).containsExactly("CONFIGURATION:TOO_LARGE - zurich has 8 cores, 8 GiB in all "
                + "and the job asks for 16 cores, 16 GiB; no waiting helps, ask for at most 8 cores, 8 GiB");
    }

    @Test
    void shouldNameEveryObstacleOfOneClusterConfigurationFaultsFirst() {
        WaitingJob picky = new WaitingJob("a", 1, NOW, Resources.ofCores(4, 1), Duration.ofHours(1), "t",
                Set.of("geneva"),
                Map.of("gpu", "yes"), Set.of("zurich"), Map.of());

        PassResult result = pass.run(input(List.of(picky), cluster("zurich", 8, 2, Availability.DRAINED)));

        assertThat(codes(result, "a")).containsExactly(ReasonCode.CLUSTER_NOT_ALLOWED, ReasonCode.LABELS,
                ReasonCode.DRAINED, ReasonCode.EXCLUDED, ReasonCode.RESOURCES);
    }

    @Test
    void shouldSpeakFirstOfTheClusterThatOnlyLacksRoom() {
        WaitingJob onlyZurich = new WaitingJob("a", 1, NOW, Resources.ofCores(4, 1), Duration.ofHours(1), "t",
                Set.of("zurich", "bern"), Map.of(), Set.of(), Map.of());

        PassResult result = pass.run(input(List.of(onlyZurich), cluster("bern", 8, 8, Availability.DRAINED),
                cluster("geneva", 8, 0), cluster("zurich", 8, 2)));

        assertThat(Objects.requireNonNull(result.reasons().get("a"))).extracting(Reason::cluster)
                .containsExactly("zurich", "bern", "geneva", "geneva");
    }

    @Test
    void shouldPlaceNothingOnClustersThatAreDrainedUnreachableOrWithoutMetrics() {
        PassResult result = pass.run(input(List.of(job("a", 1, 1)), cluster("bern", 8, 8, Availability.DRAINED),
                cluster("geneva", 8, 8, Availability.NO_METRICS), cluster("zurich", 8, 8, Availability.UNREACHABLE)));

        assertThat(result.placements()).isEmpty();
        assertThat(codes(result, "a")).containsExactly(ReasonCode.DRAINED, ReasonCode.NO_METRICS,
                ReasonCode.UNREACHABLE);
    }

    @Test
    void shouldSayThatNoClusterIsRegistered() {
        assertThat(codes(pass.run(input(List.of(job("a", 1, 1)))), "a")).containsExactly(ReasonCode.NO_CLUSTERS);
    }

    @Test
    void shouldNotStartAJobThatHoldsResourcesAlready() {
        PassInput input = new PassInput(List.of(job("a", 1, 1)),
                List.of(new RunningJob("a", "zurich", Resources.ofCores(1, 1), NOW, "t")),
                List.of(cluster("zurich", 8, 7)),
                NOW);

        PassResult result = pass.run(input);

        assertThat(result.placements()).isEmpty();
        assertThat(codes(result, "a")).containsExactly(ReasonCode.ALREADY_RUNNING);
    }

    @Test
    void shouldStartAJobOnceWhenTheQueueListsItTwice() {
        PassResult result = pass.run(input(List.of(job("a", 1, 1), job("a", 7, 1)), cluster("zurich", 8, 8)));

        assertThat(result.placements()).hasSize(1);
        assertThat(result.reasons()).isEmpty();
    }

    @Test
    void shouldGiveOneSentenceToJobsBehindTheReasonDepth() {
        PassResult result = Policies.named(Policies.SOURCE, 1)
                .run(input(List.of(job("a", 2, 3), job("b", 1, 4)), cluster("geneva", 8, 0), cluster("zurich", 8, 0)));

        assertThat(result.reasons().get("a")).hasSize(2);
        assertThat(texts(result, "b")).singleElement().asString().contains("too deep in the queue");
    }

    @Test
    void shouldRefuseAPolicyNameThatDoesNotExist() {
        assertThatThrownBy(() -> Policies.named("fastest")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source").hasMessageContaining("'fastest'");
    }

    @Test
    void shouldPassOverAHundredThousandJobsAndTwentyClustersInWellUnderASecond() {
        List<WaitingJob> waiting = new ArrayList<>();
        for (int index = 0; index < 100_000; index++) {
            waiting.add(job("j" + index, index % 1000, 1 + index % 31, 1 + index % 63));
        }
        List<ClusterSnapshot> clusters = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            clusters.add(cluster("c" + index, 64, 48));
        }
        PassInput input = new PassInput(waiting, List.of(), clusters, NOW);
        // Time on the processor, so that a busy machine does not fail the test.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long bestNanos = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = threads.getCurrentThreadCpuTime();
            pass.run(input);
            bestNanos = Math.min(bestNanos, threads.getCurrentThreadCpuTime() - start);
        }

        System.out.println("source rule, 100,000 waiting x 20 clusters, best of 5: " + bestNanos / 1_000 + " us");
        assertThat(Duration.ofNanos(bestNanos)).isLessThan(Duration.ofMillis(800));
    }

    private static List<String> texts(PassResult result, String jobId) {
        return Objects.requireNonNull(result.reasons().get(jobId)).stream().map(Reason::text).toList();
    }

    private static List<ReasonCode> codes(PassResult result, String jobId) {
        return Objects.requireNonNull(result.reasons().get(jobId)).stream().map(Reason::code).toList();
    }
}

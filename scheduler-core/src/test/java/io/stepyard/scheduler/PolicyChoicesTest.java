package io.stepyard.scheduler;

import static io.stepyard.scheduler.Scenarios.NOW;
import static io.stepyard.scheduler.Scenarios.cluster;
import static io.stepyard.scheduler.Scenarios.input;
import static io.stepyard.scheduler.Scenarios.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import io.stepyard.scheduler.PassTerms.Tenant;
import io.stepyard.scheduler.PassTerms.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each choice of a policy and each term of a pass does, and how the reasons word it. */
class PolicyChoicesTest {

    private static final RunningJob LONG = new RunningJob("r", "zurich", Resources.ofCores(6, 6144),
            NOW.plus(Duration.ofHours(2)), "t");

    @Test
    void shouldPlanTheHeadAndLetAShortJobPassUnderEasy() {
        WaitingJob head = job("head", 9, 8);
        WaitingJob brief = job("brief", 1, 2);
        PassResult result = Policies.named("easy")
                .run(new PassInput(List.of(head, brief), List.of(LONG), List.of(cluster("zurich", 8, 2)), NOW));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("brief");
        assertThat(result.plannedStarts())
                .containsExactly(new PlannedStart("head", "zurich", NOW.plus(Duration.ofHours(2))));
        assertThat(texts(result, "head")).containsExactly(
                "CAPACITY:RESOURCES - zurich lacks 8 of 8 cores and 8 GiB of 8 GiB memory until about 14:00 UTC, when "
                        + "this job is planned to start");
    }

    @Test
    void shouldKeepRoomForTheHeadAndSayWhichTimeLimitWouldPass() {
        WaitingJob slow = withLimit(job("slow", 1, 2), Duration.ofHours(3));
        PassResult result = Policies.named("easy")
                .run(new PassInput(List.of(job("head", 9, 8), slow), List.of(LONG), List.of(cluster("zurich", 8, 2)),
                        NOW));

        assertThat(result.placements()).isEmpty();
        assertThat(texts(result, "slow")).containsExactly("CAPACITY:PRIORITY - zurich has room now but keeps it for "
                + "head, planned to start at 14:00 UTC; with a time limit of at most 2h it would start now");
    }

    @Test
    void shouldLetNobodyPassUnderStrict() {
        PassResult result = Policies.named("strict")
                .run(input(List.of(job("head", 9, 6), job("small", 1, 2)), cluster("zurich", 8, 4)));

        assertThat(result.placements()).isEmpty();
        assertThat(codes(result, "small")).containsExactly(ReasonCode.PRIORITY);
    }

    @Test
    void shouldNotLetAJobThatCanNeverRunBlockOthersUnderStrictOrEasy() {
        for (String policy : List.of("strict", "easy", "conservative", "default")) {
            PassResult result = Policies.named(policy)
                    .run(input(List.of(job("never", 9, 99), job("small", 1, 2)), cluster("zurich", 8, 4)));
            assertThat(result.placements()).as(policy).extracting(Placement::jobId).containsExactly("small");
        }
    }

    @Test
    void shouldSpreadLoadWhenConfiguredToBalance() {
        PassResult result = Policies.named("source:clusters=balance")
                .run(input(List.of(job("a", 1, 2)), cluster("geneva", 8, 8), cluster("zurich", 8, 3)));

        assertThat(result.placements()).extracting(Placement::cluster).containsExactly("geneva");
    }

    @Test
    void shouldPreferTheClusterWithTheLabelsAJobPrefers() {
        WaitingJob job = job("a", 1, 2).withOptions(new WaitingJob.Options(Map.of(), Map.of("site", "geneva"), false,
                null));

        PassResult result = Policies.named("source")
                .run(input(List.of(job), cluster("geneva", 8, 8), cluster("zurich", 8, 3)));

        assertThat(result.placements()).extracting(Placement::cluster).containsExactly("geneva");
    }

    @Test
    void shouldCountFurtherDimensionsLikeCpuAndMemory() {
        WaitingJob.Options one = new WaitingJob.Options(Map.of("gpu", 1L), Map.of(), false, null);
        ClusterSnapshot zurich = new ClusterSnapshot("zurich", Resources.ofCores(8, 8192), Resources.ofCores(8, 8192),
                Map.of(), Availability.OPEN, Map.of("gpu", 2L), Map.of("gpu", 1L));

        PassResult result = Policies.named("source")
                .run(input(List.of(job("a", 2, 1).withOptions(one), job("b", 1, 1).withOptions(one)), zurich));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("a");
        assertThat(texts(result, "b")).singleElement().asString().contains("zurich lacks 1 of 1 gpu");
    }

    @Test
    void shouldTakeTheNameOfAClusterForAllOfItsPartitions() {
        ClusterSnapshot gpu = cluster("zurich/gpu", 8, 8).asPartitionOf("zurich");
        ClusterSnapshot cpu = cluster("zurich/cpu", 8, 2).asPartitionOf("zurich");
        ClusterSnapshot other = cluster("geneva", 8, 8);
        WaitingJob anywhereInZurich = new WaitingJob("a", 5, NOW, Resources.ofCores(4, 1), Duration.ofHours(1), "t",
                Set.of("zurich"), Map.of(), Set.of(), Map.of());
        WaitingJob notInZurich = new WaitingJob("b", 4, NOW, Resources.ofCores(8, 1), Duration.ofHours(1), "t",
                Set.of(), Map.of(), Set.of("zurich"), Map.of());
        WaitingJob onePartition = new WaitingJob("c", 3, NOW, Resources.ofCores(4, 1), Duration.ofHours(1), "t",
                Set.of("zurich/cpu"), Map.of(), Set.of(), Map.of());

        PassResult result = Policies.named("source")
                .run(input(List.of(anywhereInZurich, notInZurich, onePartition), gpu, cpu, other));

        assertThat(result.placements()).extracting(Placement::jobId, Placement::cluster)
                .containsExactly(tuple("a", "zurich/gpu"), tuple("b", "geneva"));
        assertThat(texts(result, "c")).first().asString()
                .startsWith("CAPACITY:RESOURCES - zurich/cpu lacks 2 of 4 cores");
    }

    @Test
    void shouldKeepAPartitionClearOfTheMaintenanceOfItsCluster() {
        PassTerms terms = new PassTerms(Map.of(),
                List.of(new Window("zurich", NOW.plusSeconds(1800), NOW.plusSeconds(7200))));
        PassInput input = new PassInput(List.of(job("a", 2, 3)), List.of(),
                List.of(cluster("zurich/cpu", 8, 8).asPartitionOf("zurich")), NOW, terms);

        for (String policy : List.of("source", "easy", "conservative")) {
            assertThat(codes(Policies.named(policy).run(input), "a")).as(policy).contains(ReasonCode.MAINTENANCE);
        }
    }

    @Test
    void shouldSayWhatIsMissingOfALicenceThatNoClusterHas() {
        WaitingJob.Options one = new WaitingJob.Options(Map.of("licence-x", 2L), Map.of(), false, null);

        PassResult result = Policies.named("default").run(input(List.of(job("a", 2, 1).withOptions(one)),
                cluster("zurich", 8, 8)));

        assertThat(texts(result, "a")).singleElement().asString().startsWith("CONFIGURATION:TOO_LARGE - zurich has")
                .contains("2 licence-x");
    }

    @Test
    void shouldHoldATenantToItsQuotaAndSayWhatItHolds() {
        PassTerms terms = new PassTerms(Map.of("research", new Tenant(1, Resources.ofCores(4, 1 << 20), 9, 0)),
                List.of());
        PassResult result = Policies.named("source").run(new PassInput(List.of(job("a", 2, 3), job("b", 1, 2)),
                List.of(), List.of(cluster("zurich", 8, 8)), NOW, terms));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("a");
        assertThat(texts(result, "b")).containsExactly("CAPACITY:QUOTA - tenant research holds 3 cores, 3 GiB of its "
                + "quota of 4 cores, 1 TiB; the job starts when enough of that ends");
    }

    @Test
    void shouldStartNothingThatCannotEndBeforeMaintenance() {
        PassTerms terms = new PassTerms(Map.of(),
                List.of(new Window("zurich", NOW.plusSeconds(1800), NOW.plusSeconds(7200))));
        PassInput input = new PassInput(List.of(job("a", 2, 3), withLimit(job("b", 1, 2), Duration.ofMinutes(30))),
                List.of(), List.of(cluster("zurich", 8, 8)), NOW, terms);
        for (String policy : List.of("source", "easy", "conservative")) {
            PassResult result = Policies.named(policy).run(input);

            assertThat(result.placements()).as(policy).extracting(Placement::jobId).containsExactly("b");
            assertThat(texts(result, "a").getFirst()).as(policy).isEqualTo("CLUSTER:MAINTENANCE - zurich goes into "
                    + "maintenance at 12:30 UTC and the job may run for 1h; a time limit of at most 30m ends before, "
                    + "else it can start at 14:00 UTC");
        }
    }

    @Test
    void shouldNotStartAHeldJob() {
        PassResult result = Policies.named("default").run(input(
                List.of(job("a", 9, 2).withOptions(WaitingJob.Options.NONE.held(true))), cluster("zurich", 8, 8)));

        assertThat(result.placements()).isEmpty();
        assertThat(codes(result, "a")).containsExactly(ReasonCode.HELD);
    }

    @Test
    void shouldFavourTheTenantThatUsedLess() {
        PassTerms terms = new PassTerms(
                Map.of("greedy", new Tenant(1, null, 99, 1e6), "modest", new Tenant(1, null, 99, 10)), List.of());
        WaitingJob greedy = withTenant(job("a", 1, 8), "greedy");
        WaitingJob modest = withTenant(job("b", 1, 8), "modest");

        PassResult result = Policies.named("default").run(new PassInput(List.of(greedy, modest), List.of(),
                List.of(cluster("zurich", 8, 8)), NOW, terms));

        assertThat(result.placements()).extracting(Placement::jobId).containsExactly("b");
    }

    @Test
    void shouldMoveOnlyPlannedStartsByAPredictionAndNeverTheTimeLimitOfAWindow() {
        WaitingJob predicted = withLimit(job("p", 1, 2), Duration.ofHours(3))
                .withOptions(WaitingJob.Options.NONE.expecting(Duration.ofHours(1)));
        PassInput input = new PassInput(List.of(job("head", 9, 8), predicted), List.of(LONG),
                List.of(cluster("zurich", 8, 2)), NOW);

        assertThat(Policies.named("easy").run(input).placements()).extracting(Placement::jobId).containsExactly("p");

        PassTerms terms = new PassTerms(Map.of(),
                List.of(new Window("zurich", NOW.plus(Duration.ofHours(2)), NOW.plus(Duration.ofHours(9)))));
        assertThat(Policies.named("easy")
                .run(new PassInput(List.of(predicted), List.of(), input.clusters(), NOW, terms)).placements())
                .isEmpty();
    }

    @Test
    void shouldRefuseChoicesThatDoNotExist() {
        for (String text : List.of("easy:order=quickest", "easy:sorted=lxf", "easy:order=lxf+fcfs",
                "easy:clusters=cheapest", "easy:order", "conservative:depth=0")) {
            assertThatThrownBy(() -> Policies.policy(text)).as(text).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Expected");
        }
    }

    private static WaitingJob withLimit(WaitingJob job, Duration limit) {
        return new WaitingJob(job.jobId(), job.priority(), job.enqueuedAt(), job.resources(), limit, job.tenant(),
                Set.of(), Map.of(), Set.of(), Map.of());
    }

    private static WaitingJob withTenant(WaitingJob job, String tenant) {
        return new WaitingJob(job.jobId(), job.priority(), job.enqueuedAt(), job.resources(), job.timeLimit(), tenant,
                Set.of(), Map.of(), Set.of(), Map.of());
    }

    private static List<String> texts(PassResult result, String jobId) {
        return Objects.requireNonNull(result.reasons().get(jobId)).stream().map(Reason::text).toList();
    }

    private static List<ReasonCode> codes(PassResult result, String jobId) {
        return Objects.requireNonNull(result.reasons().get(jobId)).stream().map(Reason::code).toList();
    }
}

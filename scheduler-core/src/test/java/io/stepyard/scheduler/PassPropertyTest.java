package io.stepyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every pass keeps whatever the world looks like. */
class PassPropertyTest {

    private final Pass pass = Policies.named(Policies.SOURCE);

    @Test
    void shouldNeverExceedWhatIsUsableNorUseAClosedCluster() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            Map<String, Resources> taken = new HashMap<>();
            for (Placement placement : pass.run(input).placements()) {
                taken.merge(placement.cluster(), placement.resources(), Resources::plus);
            }
            for (ClusterSnapshot cluster : input.clusters()) {
                Resources here = taken.getOrDefault(cluster.name(), Resources.NONE);
                assertThat(here.fitsWithin(cluster.usable())).as("%s within %s", here, cluster).isTrue();
                assertThat(here.isNone() || cluster.availability() == Availability.OPEN).as("open: %s", cluster)
                        .isTrue();
            }
        });
    }

    @Test
    void shouldEitherPlaceAJobOnceOrSayWhyNot() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            PassResult result = pass.run(input);
            List<String> placed = result.placements().stream().map(Placement::jobId).toList();
            Set<String> all = new HashSet<>(placed);
            assertThat(all).as("one placement each").hasSameSizeAs(placed);
            assertThat(result.reasons().keySet()).noneMatch(all::contains);
            all.addAll(result.reasons().keySet());
            assertThat(all).isEqualTo(new HashSet<>(input.waiting().stream().map(WaitingJob::jobId).toList()));
            assertThat(result.reasons().values()).allSatisfy(reasons -> assertThat(reasons).isNotEmpty());
        });
    }

    @Test
    void shouldDecideTheSameWhateverTheOrderOfTheInput() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            List<WaitingJob> waiting = new ArrayList<>(input.waiting());
            List<ClusterSnapshot> clusters = new ArrayList<>(input.clusters());
            Random shuffle = new Random(random.nextLong());
            Collections.shuffle(waiting, shuffle);
            Collections.shuffle(clusters, shuffle);

            PassResult first = pass.run(input);
            PassResult second = pass.run(new PassInput(waiting, input.running(), clusters, input.now()));

            assertThat(second).isEqualTo(first);
        });
    }

    @Test
    void shouldPlaceNothingMoreOnceItsPlacementsAreApplied() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            PassResult result = pass.run(input);

            assertThat(pass.run(applied(input, result)).placements()).isEmpty();
        });
    }

    @Test
    void shouldAgreeWithTheRuleWrittenDownPlainly() {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            Map<String, Resources> free = new HashMap<>();
            input.clusters().forEach(cluster -> free.put(cluster.name(), cluster.usable().min(cluster.capacity())));
            Map<String, WaitingJob> jobs = new HashMap<>();
            input.waiting().forEach(job -> jobs.put(job.jobId(), job));
            PassResult result = pass.run(input);
            Map<String, String> where = new HashMap<>();
            result.placements().forEach(placement -> where.put(placement.jobId(), placement.cluster()));
            for (WaitingJob job : input.waiting().stream().sorted(JobGroup.BY_PRIORITY).toList()) {
                List<String> fitting = input.clusters().stream().filter(cluster -> canRun(job, cluster))
                        .map(ClusterSnapshot::name)
                        .filter(name -> job.resources().fitsWithin(Objects.requireNonNull(free.get(name)))).toList();
                String chosen = where.get(job.jobId());
                if (chosen == null) {
                    assertThat(fitting).as("clusters with room for %s", job).isEmpty();
                } else {
                    assertThat(fitting).contains(chosen);
                    free.computeIfPresent(chosen, (name, room) -> room.minus(job.resources()));
                }
            }
        });
    }

    private static boolean canRun(WaitingJob job, ClusterSnapshot cluster) {
        return cluster.availability() == Availability.OPEN
                && (job.clusters().isEmpty() || job.clusters().contains(cluster.name()))
                && !job.notOn().contains(cluster.name())
                && job.labels().entrySet().stream()
                        .allMatch(label -> label.getValue().equals(cluster.labels().get(label.getKey())));
    }

    static PassInput applied(PassInput input, PassResult result) {
        Map<String, Placement> placed = new HashMap<>();
        result.placements().forEach(placement -> placed.put(placement.jobId(), placement));
        List<RunningJob> running = new ArrayList<>(input.running());
        List<WaitingJob> waiting = new ArrayList<>();
        for (WaitingJob job : input.waiting()) {
            Placement placement = placed.get(job.jobId());
            if (placement == null) {
                waiting.add(job);
            } else {
                running.add(new RunningJob(job.jobId(), placement.cluster(), job.resources(),
                        input.now().plus(job.timeLimit()), job.tenant()));
            }
        }
        List<ClusterSnapshot> clusters = input.clusters().stream().map(cluster -> {
            Resources taken = result.placements().stream().filter(p -> p.cluster().equals(cluster.name()))
                    .map(Placement::resources).reduce(Resources.NONE, Resources::plus);
            return new ClusterSnapshot(cluster.name(), cluster.capacity(), cluster.usable().minus(taken),
                    cluster.labels(),
                    cluster.availability());
        }).toList();
        return new PassInput(waiting, running, clusters, input.now());
    }
}

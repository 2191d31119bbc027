package io.stepyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot.Availability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pass keeps by every policy, with partitions, further dimensions, quotas, windows and held jobs in the world. */
class EveryPolicyPropertyTest {

    @ParameterizedTest
    @ValueSource(strings = {"source", "strict", "easy", "default", "best-effort", "conservative",
            "easy:order=lxf,backfill=sjf,clusters=balance"})
    void shouldPlaceOnceWithinCapacityAndQuotaOnAnOpenClusterTheJobMayUseOrSayWhyNot(String policy) {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.withEverything(random);
            PassResult result = Policies.named(policy).run(input);
            Map<String, WaitingJob> jobs = new HashMap<>();
            input.waiting().forEach(job -> jobs.put(job.jobId(), job));
            Map<String, Room> rooms = new HashMap<>();
            input.clusters().forEach(cluster -> rooms.put(cluster.name(), new Room(cluster)));
            Tenants tenants = new Tenants(input);
            Set<String> told = new HashSet<>();
            for (Placement placement : result.placements()) {
                WaitingJob job = Objects.requireNonNull(jobs.get(placement.jobId()));
                assertThat(told.add(job.jobId())).as("once: %s", job).isTrue();
                assertThat(job.options().held()).isFalse();
                Objects.requireNonNull(rooms.get(placement.cluster())).take(job, input);
                tenants.take(job);
            }
            result.reasons().forEach((id, reasons) -> {
                assertThat(told.add(id)).as("placed or explained: %s", id).isTrue();
                assertThat(reasons).isNotEmpty().allSatisfy(reason -> assertThat(reason.text())
                        .matches("(?s)[A-Z]+:[A-Z_]+ - .+").startsWith(reason.code().category()));
            });
            assertThat(told).isEqualTo(jobs.keySet());
        });
    }

    /** Whatever stands first in the queue starts no later when some cluster, one of several, has more. */
    @ParameterizedTest
    @ValueSource(strings = {"strict", "easy", "default", "conservative", "easy:order=lxf"})
    void shouldNotDelayTheJobThatComesFirstWhenOneOfSeveralClustersHasMore(String policy) {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            if (input.clusters().isEmpty()) {
                return;
            }
            int grown = random.nextInt(input.clusters().size());
            Resources more = Resources.ofCores(random.nextLong(9), random.nextLong(9) * 1024);
            List<ClusterSnapshot> clusters = new ArrayList<>(input.clusters());
            clusters.set(grown, grown(clusters.get(grown), more));
            PassInput larger = new PassInput(input.waiting(), input.running(), clusters, input.now());
            // Alone, so that it is the head; jobs that can never run do not stand before it.
            for (JobForecast forecast : new QueueForecast(Policies.policy(policy), 100).of(input)) {
                if (forecast.plannedStart() != null) {
                    List<WaitingJob> alone = input.waiting().stream()
                            .filter(job -> job.jobId().equals(forecast.jobId())).toList();
                    Instant before = start(policy, input, alone).orElseThrow();
                    assertThat(start(policy, larger, alone)).as("%s", alone).hasValueSatisfying(
                            after -> assertThat(after).isBeforeOrEqualTo(before));
                    return;
                }
            }
        });
    }

    private static Optional<Instant> start(String policy, PassInput input, List<WaitingJob> alone) {
        PassResult result = Policies.named(policy)
                .run(new PassInput(alone, input.running(), input.clusters(), input.now()));
        return result.placements().isEmpty()
                ? result.plannedStarts().stream().findFirst().map(PlannedStart::at)
                        .or(() -> new QueueForecast(Policies.policy(policy), 1)
                                .of(new PassInput(alone, input.running(), input.clusters(), input.now())).stream()
                                .flatMap(forecast -> Optional.ofNullable(forecast.plannedStart()).stream()).findFirst()
                                .map(PlannedStart::at))
                : Optional.of(input.now());
    }

    private static ClusterSnapshot grown(ClusterSnapshot cluster, Resources more) {
        return new ClusterSnapshot(cluster.name(), cluster.capacity().plus(more),
                cluster.usable().min(cluster.capacity()).plus(more), cluster.labels(), cluster.availability());
    }

    /** What is left of a cluster, and whether it may be used at all. */
    private static final class Room {

        private final ClusterSnapshot cluster;
        private Resources left;
        private final Map<String, Long> extras;

        Room(ClusterSnapshot cluster) {
            this.cluster = cluster;
            this.left = cluster.usable().min(cluster.capacity());
            this.extras = new HashMap<>(cluster.extraUsable());
        }

        void take(WaitingJob job, PassInput input) {
            Set<String> names = new HashSet<>(Set.of(cluster.name()));
            if (cluster.partitionOf() != null) {
                names.add(cluster.partitionOf());
            }
            assertThat(cluster.availability()).isEqualTo(Availability.OPEN);
            assertThat(job.clusters().isEmpty() || job.clusters().stream().anyMatch(names::contains)).isTrue();
            assertThat(job.notOn()).noneMatch(names::contains);
            assertThat(cluster.labels()).containsAllEntriesOf(job.labels());
            assertThat(job.resources().fitsWithin(left)).as("%s within %s of %s", job, left, cluster).isTrue();
            left = left.minus(job.resources());
            job.options().extras().forEach((name, amount) -> assertThat(extras.merge(name, -amount, Long::sum))
                    .as("%s of %s", name, cluster).isNotNegative());
            Instant end = input.now().plus(job.timeLimit());
            assertThat(input.terms().windows()).noneMatch(window -> names.contains(window.cluster())
                    && input.now().isBefore(window.to()) && end.isAfter(window.from()));
        }
    }

    private static final class Tenants {

        private final PassTerms terms;
        private final Map<String, Resources> held = new HashMap<>();
        private final Map<String, Integer> count = new HashMap<>();

        Tenants(PassInput input) {
            this.terms = input.terms();
            input.running().forEach(job -> add(job.tenant(), job.resources()));
        }

        void take(WaitingJob job) {
            PassTerms.Tenant agreed = terms.tenant(job.tenant());
            add(job.tenant(), job.resources());
            Resources now = held.getOrDefault(job.tenant(), Resources.NONE);
            assertThat(agreed.quota() == null || now.fitsWithin(agreed.quota())).as("quota of %s", job).isTrue();
            assertThat(count.getOrDefault(job.tenant(), 0)).isLessThanOrEqualTo(agreed.maxRunning());
        }

        private void add(String tenant, Resources resources) {
            held.merge(tenant, resources, Resources::plus);
            count.merge(tenant, 1, Integer::sum);
        }
    }
}

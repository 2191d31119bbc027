package io.stepyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Policy.Reserving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue kept by kinds of jobs decides as a plain scan of all jobs does. */
class TwoImplementationsTest {

    /** Passes over one queue that is kept between them. */
    private static final int STEPS = 15;

    @ParameterizedTest
    @CsvSource({"source,GREEDY,false", "strict,STRICT,false", "easy,EASY,false", "easy:order=lxf,EASY,true",
            "best-effort:order=lxf,GREEDY,true"})
    void shouldDecideAsThePlainScanOnRandomQueues(String policy, Reserving reserving, boolean byExpansion) {
        Seeds.forEach(random -> {
            PassInput input = Scenarios.random(random);
            PassResult ours = Policies.named(policy).run(input);
            PassResult plain = new PlainScan(input, reserving, order(byExpansion, input.now())).run();

            assertThat(ours.placements()).isEqualTo(plain.placements());
            assertThat(ours.plannedStarts()).isEqualTo(plain.plannedStarts());
        });
    }

    @Test
    void shouldAgreeOnEveryQueueOfUpToFourSmallJobs() {
        List<WaitingJob> kinds = new ArrayList<>();
        for (int cores = 1; cores <= 3; cores++) {
            for (int hours = 1; hours <= 2; hours++) {
                for (int priority = 0; priority <= 1; priority++) {
                    kinds.add(new WaitingJob("", priority, Scenarios.NOW, Resources.ofCores(cores, 1),
                            Duration.ofHours(hours), "t", Set.of(), Map.of(), Set.of(), Map.of()));
                }
            }
        }
        List<ClusterSnapshot> clusters = List.of(Scenarios.cluster("a", 4, 2), Scenarios.cluster("b", 3, 0));
        List<RunningJob> running = List.of(
                new RunningJob("r", "a", Resources.ofCores(2, 2048), Scenarios.NOW.plusSeconds(3600), "t"),
                new RunningJob("s", "b", Resources.ofCores(3, 3072), Scenarios.NOW.plusSeconds(5400), "t"));
        int count = 0;
        for (int code = 0; code < Math.pow(kinds.size(), 4); code++) {
            List<WaitingJob> waiting = new ArrayList<>();
            for (int left = code, index = 0; index < 4; index++, left /= kinds.size()) {
                WaitingJob kind = kinds.get(left % kinds.size());
                waiting.add(new WaitingJob("j" + index, kind.priority(), kind.enqueuedAt().plusSeconds(index),
                        kind.resources(), kind.timeLimit(), "t", Set.of(), Map.of(), Set.of(), Map.of()));
            }
            PassInput input = new PassInput(waiting, running, clusters, Scenarios.NOW.plusSeconds(60));
            PassResult ours = queuePass(Policies.policy("easy"), input);
            PassResult plain = new PlainScan(input, Reserving.EASY, PlainScan.byPriority()).run();
            if (!ours.equals(plain)) {
                assertThat(ours).as("queue %s", waiting).isEqualTo(plain);
            }
            count++;
        }
        assertThat(count).isEqualTo(20_736);
    }

    private static PassResult queuePass(Policy policy, PassInput input) {
        LiveQueue queue = new LiveQueue(policy, input.terms());
        input.clusters().forEach(queue::cluster);
        input.running().forEach(job -> queue.running(job, input.now()));
        input.waiting().forEach(queue::add);
        return queue.passWithPlans(input.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "strict", "easy", "best-effort", "default", "easy:order=lxf", "easy:order=wfp3",
            "easy:order=unicep", "strict:order=least-used", "easy:order=aged(1h)+priority+fair(3)+lxf",
            "easy:order=growing(40),backfill=sjf", "easy:order=fair+sjf"})
    void shouldDecideOverManyPassesAsThePlainScanDoesAfresh(String name) {
        Seeds.forEachOf(STEPS, random -> {
            Policy policy = Policies.policy(name);
            World world = new World(random, policy);
            for (int step = 0; step < STEPS; step++) {
                world.change();
                PassInput input = world.input();
                QueueOrder backfill = policy.backfillOrder() == null ? policy.order() : policy.backfillOrder();
                PassResult plain = new PlainScan(input, policy.reserving(), world.order(policy.order()),
                        world.order(backfill)).run();
                PassResult ours = world.pass();

                assertThat(ours.placements()).as("step %s", step).isEqualTo(plain.placements());
                assertThat(ours.plannedStarts()).as("step %s", step).isEqualTo(plain.plannedStarts());
            }
        });
    }

    private static Comparator<WaitingJob> order(boolean byExpansion, Instant now) {
        return byExpansion ? PlainScan.byExpansion(now) : PlainScan.byPriority();
    }

    /** A queue kept between passes, and beside it the plain lists it must stand for. */
    private static final class World {

        private final RandomGenerator random;
        private final LiveQueue queue;
        private final List<WaitingJob> waiting = new ArrayList<>();
        private final List<RunningJob> running = new ArrayList<>();
        private List<ClusterSnapshot> clusters = new ArrayList<>();
        private final FairShare usage = new FairShare(LiveQueue.USAGE_HALF_LIFE, PassTerms.NONE);
        private Instant now = Scenarios.NOW;
        private int next;

        World(RandomGenerator random, Policy policy) {
            this.random = random;
            this.queue = new LiveQueue(policy, PassTerms.NONE);
            for (int index = random.nextInt(1, 4); index > 0; index--) {
                long cores = random.nextLong(2, 17);
                ClusterSnapshot cluster = Scenarios.cluster("c" + index, cores, cores);
                clusters.add(cluster);
                queue.cluster(cluster);
            }
        }

        void change() {
            now = now.plusSeconds(random.nextInt(1, 2000));
            for (int index = random.nextInt(6); index > 0; index--) {
                WaitingJob job = new WaitingJob("j" + next++, random.nextInt(3), now.minusSeconds(random.nextInt(900)),
                        Resources.ofCores(random.nextLong(1, 9), random.nextLong(1, 9) * 1024),
                        Duration.ofMinutes(10L * random.nextInt(1, 7)), "t" + random.nextInt(4),
                        random.nextInt(4) == 0 ? Set.of("c1") : Set.of(),
                        Map.of(), Set.of(), Map.of());
                waiting.add(job);
                queue.add(job);
            }
            if (!waiting.isEmpty() && random.nextInt(4) == 0) {
                assertThat(queue.remove(waiting.remove(random.nextInt(waiting.size())))).isTrue();
            }
            for (int index = random.nextInt(3); index > 0 && !running.isEmpty(); index--) {
                RunningJob job = running.remove(random.nextInt(running.size()));
                assertThat(queue.ended(job.jobId(), now)).isTrue();
                grow(job.cluster(), job.resources(), false);
                usage.holds(job.tenant(), -job.resources().cpuMillicores() / 1000.0, now.toEpochMilli());
            }
        }

        /** Every job put through the order by itself, with all that an order may look at counted anew. */
        Comparator<WaitingJob> order(QueueOrder order) {
            double work = waiting.stream()
                    .mapToDouble(job -> (double) job.resources().cpuMillicores() * job.timeLimit().toSeconds()).sum();
            double backlog = work
                    / clusters.stream().mapToLong(cluster -> cluster.capacity().cpuMillicores()).sum();
            Map<String, Standing> standings = new HashMap<>();
            for (WaitingJob job : waiting) {
                double submitted = job.enqueuedAt().toEpochMilli() / 1000.0;
                standings.put(job.jobId(), new Standing().backlog(backlog).set(job.priority(), submitted,
                        Math.max(0, now.toEpochMilli() / 1000.0 - submitted), job.timeLimit().toMillis() / 1000.0,
                        job.resources().cpuMillicores() / 1000.0, usage.share(job.tenant(), now.toEpochMilli())));
            }
            return Comparator
                    .comparingLong((WaitingJob job) -> order.tier(Objects.requireNonNull(standings.get(job.jobId()))))
                    .reversed()
                    .thenComparing(Comparator.comparingDouble(
                            (WaitingJob job) -> order.score(Objects.requireNonNull(standings.get(job.jobId()))))
                            .reversed())
                    .thenComparing(JobGroup.BY_TIME);
        }

        PassInput input() {
            return new PassInput(waiting, running, clusters, now);
        }

        PassResult pass() {
            PassResult result = queue.passWithPlans(now);
            for (Placement placement : result.placements()) {
                WaitingJob job = waiting.stream().filter(other -> other.jobId().equals(placement.jobId())).findFirst()
                        .orElseThrow();
                waiting.remove(job);
                running.add(new RunningJob(job.jobId(), placement.cluster(), job.resources(),
                        now.plus(job.timeLimit()), job.tenant()));
                grow(placement.cluster(), job.resources(), true);
                usage.holds(job.tenant(), job.resources().cpuMillicores() / 1000.0, now.toEpochMilli());
            }
            assertThat(queue.waiting()).isEqualTo(waiting.size());
            return result;
        }

        private void grow(String name, Resources by, boolean taken) {
            clusters = clusters.stream().map(cluster -> cluster.name().equals(name)
                    ? new ClusterSnapshot(name, cluster.capacity(),
                            taken ? cluster.usable().minus(by) : cluster.usable().plus(by), cluster.labels(),
                            cluster.availability())
                    : cluster).toList();
        }
    }
}

package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.memory.RunScript;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.core.world.FaultyStore;
import io.stepyard.core.world.SimulatedExecution;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All use cases in a random order over a world where everything goes wrong now and then; the invariants hold after every step. */
class RandomLivesTest {

    private static final int STEPS = 4_000;
    private static final int JOBS = 120;
    private static final List<Fault> CLUSTER_FAULTS = List.copyOf(EnumSet.allOf(Fault.class));
    private static final List<FaultyStore.Fault> STORE_FAULTS = List.copyOf(EnumSet.allOf(FaultyStore.Fault.class));
    private static final List<String> NAMES = List.of("zurich", "geneva", "basel");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_121})
    void shouldKeepTheInvariantsThroughFaultsAndEndEveryJobOnceTheyStop(long seed) {
        Lives lives = new Lives(seed);
        int step = 0;
        try {
            for (; step < STEPS; step++) {
                lives.step();
                lives.assertInvariants();
            }
            lives.endInPeace();
            lives.assertAllEnded();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
    }

    @Test
    void shouldLeaveTheSameTraceForTheSameSeed() {
        assertThat(trace(7)).isEqualTo(trace(7)).isNotEqualTo(trace(8));
    }

    private static String trace(long seed) {
        Lives lives = new Lives(seed);
        for (int step = 0; step < 500; step++) {
            lives.step();
        }
        StringBuilder text = new StringBuilder();
        lives.executions.keySet().forEach(job -> text.append(lives.world.store.run(job)).append('\n'));
        return text.toString();
    }

    private static final class Lives {
        private final Random random;
        private final World world = new World();
        private final Map<String, SimulatedExecution> executions = new LinkedHashMap<>();
        private final List<ScheduleTick> schedulers = new ArrayList<>();
        private final Map<String, Integer> forgets = new java.util.HashMap<>();
        private int heard;

        Lives(long seed) {
            random = new Random(seed);
            world.add("zurich", Resources.ofCores(4, 8_192));
            world.add("geneva", Resources.ofCores(8, 8_192));
            world.add("basel", Resources.ofCores(2, 16_384));
            schedulers.add(world.scheduler("scheduler-1"));
            schedulers.add(world.scheduler("scheduler-2"));
            world.clusters.script(_ -> new RunScript(Duration.ofSeconds(random.nextInt(30)),
                    Duration.ofSeconds(random.nextInt(900)), random.nextInt(4) == 0 ? 1 : 0, "", "boom"));
        }

        void step() {
            world.advance(Duration.ofMillis(random.nextInt(4_000)));
            int what = random.nextInt(100);
            if (what < 6 && executions.size() < JOBS) {
                String job = "job-" + executions.size();
                executions.put(job, new SimulatedExecution(world, job, json()));
            } else if (what < 65) {
                executions.values().stream().filter(_ -> random.nextInt(4) == 0).forEach(SimulatedExecution::step);
            } else if (what < 80) {
                guarded(this::tick);
            } else if (what < 84) {
                guarded(world.sweep::sweep);
            } else if (what < 86) {
                any().ifPresent(job -> guarded(() -> world.cancel.cancel(job.jobId(), "user:ann", "not needed")));
            } else if (what < 87) {
                any().ifPresent(SimulatedExecution::stop);
            } else if (what < 97) {
                fault();
            } else {
                NAMES.forEach(world.clusters::heal);
                NAMES.forEach(name -> guarded(() -> world.drain(name, false)));
            }
            hear();
        }

        private void tick() {
            ScheduleTick scheduler = schedulers.get(random.nextInt(2));
            if (scheduler.tick().ranPass() && random.nextBoolean()) {
                scheduler.release();
            }
        }

        private String json() {
            return World
                    .json("""
                            "priority":%d,"cpu":%d,"memory":"%dMiB","timeLimit":"10m",
                            "retry":{"maxAttempts":%d,"backoff":"5s","on":["USER_ERROR","INFRASTRUCTURE","LOST","TIME_LIMIT"]}"""
                            .formatted(random.nextInt(5) * 1_000, 1 + random.nextInt(6), 256 * (1 + random.nextInt(16)),
                                    1 + random.nextInt(4)));
        }

        private java.util.Optional<SimulatedExecution> any() {
            return executions.values().stream().skip(random.nextInt(executions.size() + 1)).findFirst();
        }

        private void fault() {
            String cluster = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(9)) {
                case 0 -> world.clusters.begin(cluster, pick(CLUSTER_FAULTS));
                case 1, 2 -> world.clusters.failNext(cluster, pick(CLUSTER_FAULTS));
                case 3 -> world.clusters.killAll(cluster);
                case 4 -> {
                    world.clusters.forgetAll(cluster);
                    forgets.merge(cluster, 1, Integer::sum);
                }
                case 5, 6 -> world.store.failNext(pick(STORE_FAULTS));
                case 7 -> world.signals.answerNext(SignalResult.UNAVAILABLE);
                default -> guarded(() -> world.drain(cluster, true));
            }
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private static void guarded(Runnable action) {
            try {
                action.run();
            } catch (RetryLater | StoreUnavailable tolerated) {
                // Whoever called calls again; that nothing is lost by it is what the invariants are for.
            }
        }

        private void hear() {
            List<Signal> delivered = world.signals.delivered();
            for (; heard < delivered.size(); heard++) {
                Signal signal = delivered.get(heard);
                executions.values().forEach(execution -> execution.hear(signal));
            }
        }

        void assertInvariants() {
            List<JobRun> live = world.store.liveRuns();
            TreeSet<String> jobs = new TreeSet<>();
            for (String name : NAMES) {
                ClusterRecord cluster = world.cluster(name);
                Resources held = live.stream().map(run -> run.liveAttempt().orElseThrow())
                        .filter(attempt -> attempt.cluster().equals(name)).map(Attempt::resources)
                        .reduce(Resources.NONE, Resources::plus);
                assertThat(cluster.reserved()).as("ledger of %s", name).isEqualTo(held);
                assertThat(held.fitsWithin(cluster.capacity())).as("I-3: %s of %s", held, name).isTrue();
                assertThat(world.clusters.refusals(name)).as("refusals of %s", name).isZero();
                for (String key : world.clusters.live(name)) {
                    assertThat(jobs.add(key.substring(0, key.lastIndexOf('.')))).as("I-2: %s runs twice", key).isTrue();
                    // A cluster that has forgotten a submission starts the same key anew; what it forgot is over.
                    assertThat(world.clusters.starts(name, key)).as("starts of %s", key).isBetween(1,
                            1 + forgets.getOrDefault(name, 0));
                }
            }
        }

        void endInPeace() {
            NAMES.forEach(world.clusters::heal);
            world.store.forgetFaults();
            NAMES.forEach(name -> world.drain(name, false));
            for (int round = 0; round < 2_000 && !executions.values().stream().allMatch(this::isDone); round++) {
                world.advance(Duration.ofSeconds(20));
                guarded(this::tick);
                guarded(world.sweep::sweep);
                executions.values().forEach(SimulatedExecution::step);
                // A user whose cancel was not taken asks again.
                executions.keySet().stream().filter(this::isUntold)
                        .forEach(job -> guarded(() -> world.cancel.cancel(job, "user:ann", "not needed")));
                hear();
                assertInvariants();
            }
        }

        private boolean isUntold(String job) {
            return world.store.run(job).map(run -> run.state() == JobState.CANCELLED && run.token() != null)
                    .orElse(false);
        }

        private boolean isDone(SimulatedExecution execution) {
            return execution.isOver()
                    && world.store.run(execution.jobId()).map(run -> run.state().isFinal()).orElse(true);
        }

        void assertAllEnded() {
            assertThat(executions.values()).as("I-6").allMatch(this::isDone);
            assertThat(world.store.waiting(10)).isEmpty();
            for (String name : NAMES) {
                assertThat(world.reserved(name)).as("I-9: %s", name).isEqualTo(Resources.NONE);
                assertThat(world.clusters.live(name)).as("I-8: %s", name).isEmpty();
            }
            executions.values().stream().filter(SimulatedExecution::hasSucceeded)
                    .forEach(execution -> assertThat(world.state(execution.jobId())).isEqualTo(JobState.SUCCEEDED));
            assertThat(world.store.countByState().keySet()).as("the scenario is a rich one").contains(
                    JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED);
        }
    }
}

package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.Grant;
import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.core.world.FaultyStore;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Policies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTickTest {

    private final World world = World.withZurich();

    private void submit(String jobId, int priority, int cores) {
        world.submit(jobId, World.json("\"priority\":%d,\"cpu\":%d,\"memory\":\"1GiB\"".formatted(priority, cores)));
        world.advance(Duration.ofMillis(10));
    }

    private List<String> granted() {
        return world.store.liveRuns().stream().map(JobRun::jobId).toList();
    }

    @Test
    void shouldGrantByPriorityAndThenByAgeWhileItFits() {
        submit("low", 1, 1);
        submit("old", 1000, 2);
        submit("new", 1000, 2);
        submit("urgent", 9999, 2);

        world.tick();

        assertThat(granted()).containsExactlyInAnyOrder("urgent", "old");
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(4, 2048));
    }

    @Test
    void shouldLetASmallerJobGoByAJobThatDoesNotFitNow() {
        submit("running", 5000, 2);
        world.tick();
        submit("large", 1000, 4);
        submit("small", 1, 2);

        world.tick();

        assertThat(granted()).containsExactlyInAnyOrder("running", "small");
        assertThat(world.state("large")).isEqualTo(JobState.QUEUED);
    }

    @Test
    void shouldUseSeveralClustersInOneTickAndOnlyThoseAJobAllows() {
        world.add("geneva", World.SIZE);
        submit("a", 1000, 4);
        submit("b", 1000, 4);
        world.submit("c", World.json("""
                "cpu":4,"memory":"1GiB","priority":1,"clusters":["zurich"]"""));

        world.tick();

        assertThat(List.of(world.grant("a").cluster(), world.grant("b").cluster()))
                .containsExactlyInAnyOrder("zurich", "geneva");
        assertThat(world.state("c")).isEqualTo(JobState.QUEUED);
    }

    @Test
    void shouldTellTheExecutionClusterAndGrantOnlyAfterTheCommit() {
        submit("a", 1000, 1);
        List<JobState> whenSignalled = new ArrayList<>();
        WorkflowSignals watching = new WorkflowSignals() {
            @Override
            public SignalResult success(TaskToken token, String outputJson) {
                whenSignalled.add(world.state("a"));
                return world.signals.success(token, outputJson);
            }

            @Override
            public SignalResult failure(TaskToken token, String error, String cause) {
                throw new AssertionError("Expected no failure, but found " + error);
            }
        };

        tickWith(watching);

        assertThat(whenSignalled).containsExactly(JobState.GRANTED);
        Grant grant = world.grant("a");
        assertThat(world.signals.delivered()).containsExactly(new Signal.Success(World.token("a", 1),
                "{\"jobId\":\"a\",\"attempt\":1,\"cluster\":\"zurich\",\"grantId\":\"%s\"}"
                        .formatted(grant.grantId())));
    }

    private TickReport tickWith(WorkflowSignals signals) {
        LookAtClusters look = new LookAtClusters(world.store, world.store, world.gateway, world.clock, World.SETTINGS,
                Runnable::run);
        return new ScheduleTick(
                new ScheduleTick.Ports(world.store, world.store, world.store, signals, world.clock, Runnable::run),
                look, Policies.named("source"), World.SETTINGS, "scheduler-1").tick();
    }

    @Test
    void shouldSignalNothingThatWasNotCommitted() {
        submit("a", 1000, 1);
        world.tick();
        submit("b", 1000, 1);
        // The look at the cluster is not due, so the next two commits are the grant, alone and in its batch.
        world.store.failNext(FaultyStore.Fault.IN_THE_WAY, FaultyStore.Fault.IN_THE_WAY);

        TickReport report = world.scheduler.tick();

        assertThat(report.conflicts()).isEqualTo(1);
        assertThat(world.state("b")).isEqualTo(JobState.QUEUED);
        assertThat(world.signals.delivered()).hasSize(1);
    }

    @Test
    void shouldMendACrashBetweenCommitAndSignalAtALaterTick() {
        submit("a", 1000, 1);
        world.signals.answerNext(SignalResult.UNAVAILABLE);
        world.tick();
        assertThat(world.state("a")).isEqualTo(JobState.GRANTED);
        assertThat(world.signals.delivered()).isEmpty();
        assertThat(world.scheduler.tick().signalledAgain()).as("at once").isZero();

        world.advance(Duration.ofSeconds(31));
        TickReport report = world.scheduler("scheduler-after-the-crash").tick();
        if (!report.ranPass()) {
            world.advance(World.SETTINGS.leaseLength());
            report = world.scheduler("scheduler-after-the-crash").tick();
        }

        assertThat(report.signalledAgain()).isEqualTo(1);
        assertThat(world.signals.delivered()).singleElement()
                .satisfies(signal -> assertThat(signal.token()).isEqualTo(World.token("a", 1)));
        assertThat(world.run("a").attempts()).hasSize(1);
    }

    @Test
    void shouldGrantOnceWhenTwoSchedulersTickAtOnce() throws InterruptedException, ExecutionException {
        for (int round = 0; round < 50; round++) {
            World both = World.withZurich();
            IntStream.range(0, 3).forEach(job -> both.submit("job-" + job, World.once()));
            CyclicBarrier together = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<TickReport>> ticks = IntStream.range(0, 2).mapToObj(number -> threads.submit(() -> {
                    ScheduleTick scheduler = both.scheduler("scheduler-" + number);
                    together.await();
                    return scheduler.tick();
                })).toList();
                int granted = ticks.get(0).get().granted() + ticks.get(1).get().granted();
                assertThat(granted).isEqualTo(3);
            }
            assertThat(both.signals.delivered()).hasSize(3);
            assertThat(both.reserved("zurich")).isEqualTo(Resources.ofCores(3, 3072));
        }
    }

    @Test
    void shouldGrantOnceWhenOneSchedulersTicksOverlap() {
        submit("a", 1000, 1);
        world.tick();
        submit("b", 1000, 1);
        world.store.beforeNextCommit(world::tick);

        TickReport late = world.scheduler.tick();

        assertThat(late.granted()).isZero();
        assertThat(world.signals.delivered()).hasSize(2);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(2, 2048));
    }

    @Test
    void shouldLeaveTheQueueToWhoeverHoldsTheLeaseUntilItIsReleasedOrOver() {
        ScheduleTick other = world.scheduler("scheduler-2");
        world.tick();
        submit("a", 1000, 1);

        assertThat(other.tick().ranPass()).isFalse();
        assertThat(world.state("a")).isEqualTo(JobState.QUEUED);
        world.scheduler.release();
        assertThat(other.tick().granted()).isEqualTo(1);

        submit("b", 1000, 1);
        assertThat(world.scheduler.tick().ranPass()).isFalse();
        world.advance(World.SETTINGS.leaseLength());
        assertThat(world.scheduler.tick().granted()).isEqualTo(1);
    }

    @Test
    void shouldGrantNothingWithALeaseThatWasLostDuringTheTick() {
        world.tick();
        submit("a", 1000, 1);
        submit("b", 1000, 1);
        // The scheduler stood still between its pass and its commit; another one has taken over meanwhile.
        world.store.beforeNextCommit(() -> {
            world.advance(World.SETTINGS.leaseLength().plusSeconds(1));
            world.store.acquire(ScheduleTick.LEASE, "scheduler-2", world.now(), World.SETTINGS.leaseLength());
        });
        int commits = world.store.commits();

        TickReport report = world.scheduler.tick();

        assertThat(report.granted()).isZero();
        assertThat(world.store.commits()).isEqualTo(commits);
        assertThat(world.signals.delivered()).isEmpty();
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    void shouldGrantTheOthersWhenTheRowOfOneJobIsBad() {
        submit("a", 1000, 1);
        submit("bad", 1000, 1);
        submit("c", 1000, 1);
        world.tick();
        submit("d", 2000, 1);
        // A row in the queue whose job is somewhere else in its life.
        world.store.commit(List.of(new StoreWrite.InsertQueueRow(new io.stepyard.core.store.QueueRow("c", 9000,
                world.now(), 0, world.run("c").spec(), World.token("c", 7)))));

        world.tick();

        assertThat(world.state("d")).isEqualTo(JobState.GRANTED);
        assertThat(world.run("c").attempts()).hasSize(1);
    }

    @Test
    void shouldGiveTheOthersThePlaceOfARowThatIsNobodysJob() {
        submit("a", 1000, 1);
        submit("b", 1000, 4);
        // First in line, and as large as the cluster.
        world.store.commit(List.of(new StoreWrite.InsertQueueRow(new io.stepyard.core.store.QueueRow("nobodys", 9000,
                world.now(), 0, world.run("b").spec(), World.token("nobodys", 1)))));

        world.tick();

        assertThat(world.state("a")).isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldGrantTheOthersOfABatchWhenOneIsChangedMeanwhile() {
        world.tick();
        submit("a", 1000, 1);
        submit("b", 1000, 1);
        submit("c", 1000, 1);
        world.store.beforeNextCommit(() -> world.cancel.cancel("b", "user:ann", "wrong data"));

        TickReport report = world.scheduler.tick();

        assertThat(report.granted()).isEqualTo(2);
        assertThat(report.conflicts()).isEqualTo(1);
        assertThat(world.state("b")).isEqualTo(JobState.CANCELLED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(2, 2048));
    }

    @Test
    void shouldSignalTheOthersAndPlaceTheRestWhenOneExecutionTakesNoSignal() {
        submit("bad", 1000, 1);
        submit("good", 1000, 1);
        WorkflowSignals broken = new WorkflowSignals() {
            @Override
            public SignalResult success(TaskToken token, String outputJson) {
                if (outputJson.contains("bad")) {
                    throw new IllegalStateException("Invalid Output");
                }
                return world.signals.success(token, outputJson);
            }

            @Override
            public SignalResult failure(TaskToken token, String error, String cause) {
                return SignalResult.DELIVERED;
            }
        };
        tickWith(broken);
        assertThat(world.signals.delivered()).hasSize(1);

        submit("later", 1000, 1);
        world.advance(Duration.ofSeconds(31));
        TickReport report = tickWith(broken);

        assertThat(report.granted()).isEqualTo(1);
    }

    @Test
    void shouldCommitMoreGrantsThanOneTransactionTakes() {
        world.add("huge", Resources.ofCores(1_000, 1_000_000));
        IntStream.range(0, 130).forEach(number -> world.submit("job-" + number, World.once()));

        TickReport report = world.scheduler.tick();

        assertThat(report.granted()).isEqualTo(130);
        assertThat(world.reserved("huge").plus(world.reserved("zurich"))).isEqualTo(Resources.ofCores(130, 133_120));
    }

    @Test
    void shouldGiveTheRoomOfAnEndedJobToTheNext() {
        Grant grant = world.running("a", World.json("""
                "cpu":4,"memory":"8GiB\""""));
        submit("b", 1000, 4);
        world.tick();
        assertThat(world.state("b")).isEqualTo(JobState.QUEUED);

        world.clusters.finish("zurich", "a.1", 0, "");
        world.observe.observe(grant);
        world.advance(Duration.ofSeconds(2));
        world.tick();

        assertThat(world.state("b")).isEqualTo(JobState.GRANTED);
    }
}

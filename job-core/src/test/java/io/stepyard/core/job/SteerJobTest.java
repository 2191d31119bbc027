package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.ReasonCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SteerJobTest {

    private final World world = World.withZurich();

    private static String full(int priority) {
        return World.json("\"cpu\":4,\"memory\":\"1GiB\",\"priority\":" + priority);
    }

    private SteerJob.Steered hold(String jobId) {
        return world.steer.hold(jobId, "user:ann", "input is late").orElseThrow();
    }

    @Test
    void shouldNotGrantAHeldJobUntilItIsReleased() {
        world.submit("a", World.once());
        assertThat(hold("a").done()).isTrue();

        world.tick();
        assertThat(world.state("a")).isEqualTo(JobState.QUEUED);
        assertThat(world.explain.explain().reasons().get("a")).singleElement()
                .matches(reason -> reason.code() == ReasonCode.HELD);

        int kicks = world.kicks.get();
        assertThat(world.steer.release("a", "user:ann").orElseThrow().done()).isTrue();
        assertThat(world.kicks.get()).isEqualTo(kicks + 1);
        world.tick();
        assertThat(world.state("a")).isEqualTo(JobState.GRANTED);
        assertThat(world.signals.delivered()).hasSize(1);
    }

    @Test
    void shouldNotGrantAJobThatIsHeldWhileThePassDecides() {
        world.tick();
        world.submit("a", World.once());
        // The next commit is the grant: the pass has decided it already.
        world.store.beforeNextCommit(() -> hold("a"));

        world.tick();

        assertThat(world.state("a")).isEqualTo(JobState.QUEUED);
        assertThat(world.run("a").isHeld()).isTrue();
        assertThat(world.signals.delivered()).isEmpty();
        assertThat(world.reserved("zurich").isNone()).isTrue();
    }

    @Test
    void shouldTakeEachCommandTwiceAsOnce() {
        world.submit("a", World.once());
        hold("a");
        world.advance(Duration.ofSeconds(1));
        assertThat(hold("a").run().version()).isEqualTo(2);
        world.steer.release("a", "user:ann");
        world.steer.release("a", "user:ann");
        world.steer.prioritise("a", 7, "user:ann", "");
        world.steer.prioritise("a", 7, "user:ann", "");

        assertThat(world.run("a").events()).extracting(JobEvent::type).containsExactly("JobQueued", "JobHeld",
                "JobReleased", "PriorityChanged");
        world.tick();
        assertThat(world.steer.release("a", "user:ann").orElseThrow().done()).as("released before it started").isTrue();
        assertThat(world.steer.prioritise("a", 7, "user:ann", "").orElseThrow().done()).isTrue();
    }

    @Test
    void shouldRefuseToHoldOrMoveAJobThatDoesNotWait() {
        world.running("a", World.once());

        assertThat(hold("a").done()).isFalse();
        assertThat(world.steer.prioritise("a", 3, "user:ann", "").orElseThrow().done()).isFalse();
        assertThat(world.run("a").isHeld()).isFalse();
        assertThat(world.steer.hold("nobody", "user:ann", "x")).isEmpty();
    }

    @Test
    void shouldOvertakeWithAHigherPriorityAndKeepTokenAndTimeInTheQueue() {
        world.running("full", full(9999));
        world.submit("first", full(1000));
        world.advance(Duration.ofSeconds(10));
        world.submit("second", full(1000));
        var queuedAt = world.run("second").queuedAt();

        world.advance(Duration.ofSeconds(10));
        world.steer.prioritise("second", 2000, "user:ann", "customer waits");

        assertThat(world.run("second").queuedAt()).isEqualTo(queuedAt);
        assertThat(world.run("second").token()).isEqualTo(World.token("second", 1));
        assertThat(world.store.waiting(10)).extracting(QueueRow::jobId).containsExactly("second", "first");
        world.cancel.cancel("full", "test", "make room");
        world.observe.look(world.run("full"));
        world.tick();
        assertThat(world.state("second")).isEqualTo(JobState.GRANTED);
        assertThat(world.state("first")).isEqualTo(JobState.QUEUED);
    }

    @Test
    void shouldAnswerANewerTokenAfterThePriorityHasChanged() {
        world.submit("a", World.once());
        world.steer.prioritise("a", 7, "user:ann", "");
        world.request("a", World.once(), 2);

        world.tick();

        assertThat(world.signals.delivered()).singleElement()
                .isInstanceOfSatisfying(RecordingSignals.Signal.Success.class,
                        signal -> assertThat(signal.token()).isEqualTo(World.token("a", 2)));
    }

    @Test
    void shouldKeepAJobHeldThroughItsRetry() {
        var grant = world.running("a", World.retried());
        world.clusters.finish("zurich", "a.1", 3, "no");
        world.observe.observe(grant);
        assertThat(world.state("a")).isEqualTo(JobState.BACKOFF);

        assertThat(hold("a").done()).isTrue();
        world.request("a", World.retried(), 2);
        world.tick();

        assertThat(world.state("a")).isEqualTo(JobState.QUEUED);
        assertThat(world.store.waiting(1)).singleElement().matches(QueueRow::held);
    }

    @Test
    void shouldCancelAHeldJob() {
        world.submit("a", World.once());
        hold("a");

        world.cancel.cancel("a", "user:ann", "not needed");

        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(world.store.waiting(10)).isEmpty();
    }
}

package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.world.FaultyStore;
import io.stepyard.core.world.World;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartAttemptTest {

    private final World world = World.withZurich();

    @Test
    void shouldSubmitAGrantedAttemptUnderItsKeyAndKeepTheClustersOwnId() {
        Grant grant = world.started("a", World.once());

        assertThat(world.clusters.live("zurich")).containsExactly("a.1");
        assertThat(world.state("a")).isEqualTo(JobState.STARTING);
        assertThat(world.run("a").attempts().getLast().clusterJobId()).isEqualTo("zurich-1");
        assertThat(world.run("a").token()).isNull();
        assertThat(grant.jobId()).isEqualTo("a");
    }

    @Test
    void shouldRefuseAGrantThatIsNotThePresentOne() {
        Grant grant = world.granted("a", World.once());

        assertThatThrownBy(() -> world.start.start(new Grant("a", 1, "zurich", "e9-a1")))
                .isInstanceOf(GrantExpired.class).hasMessageContaining("e9-a1");
        assertThatThrownBy(() -> world.start.start(new Grant("nobody", 1, "zurich", grant.grantId())))
                .isInstanceOf(GrantExpired.class);
        assertThat(world.gateway.submissions()).isZero();
    }

    @Test
    void shouldRefuseTheGrantOfAnAttemptBeforeThePresentOne() {
        Grant first = world.running("a", World.retried());
        world.clusters.finish("zurich", "a.1", 1, "");
        world.observe.observe(first);
        world.request("a", World.retried(), 2);

        assertThatThrownBy(() -> world.start.start(first)).as("while it waits").isInstanceOf(GrantExpired.class);
        world.tick();
        assertThatThrownBy(() -> world.start.start(first)).as("while granted").isInstanceOf(GrantExpired.class);
        assertThat(world.clusters.starts("zurich", "a.2")).isZero();
    }

    @Test
    void shouldAnnounceTheSubmissionInTheStoreBeforeMakingIt() {
        Grant grant = world.granted("a", World.once());
        world.gateway.beforeNextSubmit(() -> assertThat(world.state("a")).isEqualTo(JobState.STARTING));

        world.start.start(grant);

        assertThat(world.gateway.submissions()).isEqualTo(1);
    }

    @Test
    void shouldSubmitNothingThatCannotBeAnnounced() {
        Grant grant = world.granted("a", World.once());
        world.store.failNext(FaultyStore.Fault.LOST);

        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(StoreUnavailable.class);

        assertThat(world.gateway.submissions()).isZero();
    }

    @Test
    void shouldStartNothingTwiceWhenTheReplyWasLost() {
        Grant grant = world.granted("a", World.once());
        world.clusters.failNext("zurich", Fault.LOST_REPLY);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        assertThat(world.state("a")).isEqualTo(JobState.STARTING);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(1, 1024));

        world.start.start(grant);

        assertThat(world.clusters.starts("zurich", "a.1")).isEqualTo(1);
        assertThat(world.run("a").attempts().getLast().clusterJobId()).isEqualTo("zurich-1");
    }

    @Test
    void shouldStartNothingTwiceWhenTheStoreDidNotTakeTheClustersAnswer() {
        Grant grant = world.granted("a", World.once());
        world.gateway.beforeNextSubmit(() -> world.store.failNext(FaultyStore.Fault.LOST));
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(StoreUnavailable.class);

        world.start.start(grant);

        assertThat(world.clusters.starts("zurich", "a.1")).isEqualTo(1);
    }

    @Test
    void shouldSubmitOnceWhenTheCommandIsRepeated() {
        Grant grant = world.started("a", World.once());
        world.start.start(grant);
        world.observe.observe(grant);
        world.start.start(grant);

        assertThat(world.gateway.submissions()).isEqualTo(1);
    }

    @Test
    void shouldSubmitAgainWhenTheClusterWasOutOfSightBeforeTheSubmissionWasConfirmed() {
        Grant grant = world.granted("a", World.once());
        world.clusters.failNext("zurich", Fault.DOWN, Fault.DOWN);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        world.observe.look(world.run("a"));
        assertThat(world.state("a")).isEqualTo(JobState.UNKNOWN);

        world.start.start(grant);

        assertThat(world.clusters.live("zurich")).containsExactly("a.1");
    }

    @Test
    void shouldNotBelieveTheRefusalOfARepeatedSubmission() {
        Grant grant = world.granted("a", World.once());
        world.clusters.failNext("zurich", Fault.LOST_REPLY);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        world.gateway.refuseNext();

        world.start.start(grant);
        world.observe.observe(grant);

        assertThat(world.state("a")).as("the first submission had arrived").isEqualTo(JobState.RUNNING);
        assertThat(world.clusters.live("zurich")).containsExactly("a.1");
    }

    @Test
    void shouldGiveTheReservationBackWhenTheClusterRefuses() {
        Grant grant = world.granted("a", World.json("""
                "cpu":1,"memory":"1GiB","retry":{"maxAttempts":2,"on":["REFUSED"]}"""));
        // Somebody else is faster: the cluster is full by the time the submission arrives.
        world.gateway.beforeNextSubmit(this::fillZurich);

        world.start.start(grant);

        JobRun run = world.run("a");
        assertThat(run.state()).isEqualTo(JobState.BACKOFF);
        assertThat(run.attempts().getLast().failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.failureClass()).isEqualTo(FailureClass.REFUSED);
            assertThat(failure.code()).isEqualTo("OVER_CAPACITY");
        });
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
        assertThat(world.errors.fetch(grant, true).cause()).contains("OVER_CAPACITY", "zurich");
    }

    private void fillZurich() {
        world.clusters.submit(world.cluster("zurich"),
                new io.stepyard.core.cluster.Submission("other.1", "other", 1,
                        ((JobReading.Valid) new JobReader().read(World.json("""
                                "cpu":4,"memory":"8GiB\""""))).spec()));
    }

    @Test
    void shouldEndWhatWasSubmittedWhileTheJobWasBeingCancelled() {
        Grant grant = world.granted("a", World.once());
        world.gateway.beforeNextSubmit(() -> world.cancel.cancel("a", "user:ann", "wrong data"));

        world.start.start(grant);

        assertThat(world.clusters.live("zurich")).isEmpty();
        world.observe.observe(grant);
        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    void shouldLeaveNoOrphanWhenTheJobHadEndedBeforeItsSubmissionArrived() {
        Grant grant = world.granted("a", World.once());
        // The cancel and the sweep both overtake the submission: the cluster says that it has nothing, so the job is CANCELLED.
        world.gateway.beforeNextSubmit(() -> {
            world.cancel.cancel("a", "user:ann", "wrong data");
            world.sweep.sweep();
            world.advance(World.DENIAL);
            world.sweep.sweep();
            assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
        });

        world.start.start(grant);

        assertThat(world.clusters.live("zurich")).as("runs without a job (I-8)").isEmpty();
    }

    @Test
    void shouldLeaveNoOrphanWhenTheAttemptWasGivenUpBeforeItsSubmissionArrived() {
        Grant grant = world.granted("a", World.retried());
        world.gateway.beforeNextSubmit(() -> {
            world.observe.look(world.run("a"));
            world.advance(World.DENIAL);
            world.observe.look(world.run("a"));
            assertThat(world.state("a")).isEqualTo(JobState.BACKOFF);
        });

        world.start.start(grant);

        assertThat(world.clusters.live("zurich")).as("runs without a reservation (I-3)").isEmpty();
    }

    @Test
    void shouldLeaveACancelThatDoesNotReachTheClusterToTheSweep() {
        Grant grant = world.granted("a", World.once());
        world.gateway.beforeNextSubmit(() -> {
            world.clusters.failNext("zurich", Fault.DOWN);
            world.cancel.cancel("a", "user:ann", "wrong data");
            // The submission still goes through; the cancels before and after it do not.
            world.clusters.failNext("zurich", Fault.LOST_REPLY);
        });
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        assertThat(world.clusters.live("zurich")).containsExactly("a.1");

        assertThatCode(() -> world.start.start(grant)).doesNotThrowAnyException();
        world.sweep.sweep();

        assertThat(world.clusters.live("zurich")).isEmpty();
        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldNotTryAgainWhatEveryClusterWouldFindInvalidWhateverThePolicySays() {
        world.started("a", World.retried());
        JobRun run = world.run("a");
        assertThat(run.spec().retry().on()).contains(FailureClass.REFUSED);
        Instant now = world.clock.instant();

        JobRun invalid = RunSteps.failed(run,
                new Failure(FailureClass.REFUSED, "INVALID", "command: expected words", null, ""), null, now, now);
        JobRun full = RunSteps.failed(run, new Failure(FailureClass.REFUSED, "OVER_CAPACITY", "full", null, ""), null,
                now, now);

        assertThat(invalid.state()).isEqualTo(JobState.FAILED);
        assertThat(full.state()).isEqualTo(JobState.BACKOFF);
    }

    @Test
    void shouldSubmitNothingForAJobThatIsCancelledOrOver() {
        Grant grant = world.granted("a", World.once());
        world.cancel.cancel("a", "user:ann", "wrong data");

        assertThat(world.start.start(grant)).isEqualTo(grant);

        assertThat(world.gateway.submissions()).isZero();
        assertThat(world.observe.observe(grant).status()).isEqualTo(StatusReply.Status.ENDED);
    }
}

package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.core.world.FaultyStore;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cancel, abandon and the sweep that finishes what they could not. */
class CancelJobTest {

    private final World world = World.withZurich();

    /** A state, what a cancel makes of it, and what the job is in the end. */
    record Case(JobState state, JobState cancelled, JobState end) {}

    static Stream<Case> cases() {
        return Stream.of(new Case(JobState.QUEUED, JobState.CANCELLED, JobState.CANCELLED),
                new Case(JobState.GRANTED, JobState.CANCELLED, JobState.CANCELLED),
                new Case(JobState.BACKOFF, JobState.CANCELLED, JobState.CANCELLED),
                new Case(JobState.STARTING, JobState.CANCELLING, JobState.CANCELLED),
                new Case(JobState.RUNNING, JobState.CANCELLING, JobState.CANCELLED),
                new Case(JobState.UNKNOWN, JobState.CANCELLING, JobState.CANCELLED),
                new Case(JobState.CANCELLING, JobState.CANCELLING, JobState.CANCELLED),
                new Case(JobState.SUCCEEDED, JobState.SUCCEEDED, JobState.SUCCEEDED),
                new Case(JobState.FAILED, JobState.FAILED, JobState.FAILED),
                new Case(JobState.TIMED_OUT, JobState.TIMED_OUT, JobState.TIMED_OUT),
                new Case(JobState.CANCELLED, JobState.CANCELLED, JobState.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldCancelAJobInEveryStateAndAsOftenAsAsked(Case example) {
        bring(example.state());

        assertThat(cancel()).isEqualTo(example.cancelled());
        JobRun once = world.run("a");
        assertThat(cancel()).isEqualTo(example.cancelled());
        assertThat(world.run("a")).as("the second cancel changes nothing").isEqualTo(once);

        world.sweep.sweep();
        assertThat(world.state("a")).isEqualTo(example.end());
        assertThat(world.clusters.live("zurich")).isEmpty();
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
        assertThat(world.store.waiting(10)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGiveUpAJobWhoseExecutionHasEndedInEveryState(Case example) {
        bring(example.state());

        world.cancel.abandon("a", World.arn("a"), "its execution ended");
        world.cancel.abandon("a", World.arn("a"), "its execution ended");
        world.sweep.sweep();

        boolean waited = example.state() == JobState.QUEUED || example.state() == JobState.GRANTED
                || example.state() == JobState.BACKOFF;
        assertThat(world.state("a")).isEqualTo(waited ? JobState.FAILED : example.end());
        assertThat(world.clusters.live("zurich")).isEmpty();
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
        assertThat(world.store.waiting(10)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldCancelAJobWhoseExecutionWasStoppedInEveryState(Case example) {
        bring(example.state());

        world.cancel.stopped("a", World.arn("a"), "Its execution was stopped: by ann");
        world.cancel.stopped("a", World.arn("a"), "Its execution was stopped: by ann");
        world.sweep.sweep();

        assertThat(world.state("a")).isEqualTo(example.end());
        if (example.state() != example.end() && example.state() != JobState.CANCELLING) {
            assertThat(world.run("a").events()).extracting(event -> event.detail())
                    .contains("Its execution was stopped: by ann");
        }
        assertThat(world.clusters.live("zurich")).isEmpty();
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
        assertThat(world.store.waiting(10)).isEmpty();
    }

    private JobState cancel() {
        return world.cancel.cancel("a", "user:ann", "wrong data").orElseThrow().state();
    }

    private void bring(JobState state) {
        switch (state) {
            case QUEUED -> world.submit("a", World.once());
            case GRANTED -> world.granted("a", World.once());
            case STARTING -> world.started("a", World.once());
            case RUNNING -> world.running("a", World.once());
            case UNKNOWN -> {
                Grant grant = world.running("a", World.once());
                world.clusters.failNext("zurich", Fault.DOWN);
                world.observe.observe(grant);
            }
            case CANCELLING -> {
                world.running("a", World.once());
                cancel();
            }
            case BACKOFF -> finish(World.retried(), 1);
            case SUCCEEDED -> finish(World.once(), 0);
            case FAILED -> finish(World.once(), 1);
            case TIMED_OUT -> {
                Grant grant = world.running("a", World.once());
                world.advance(java.time.Duration.ofHours(2));
                world.observe.observe(grant);
            }
            case CANCELLED -> {
                world.submit("a", World.once());
                cancel();
            }
        }
        assertThat(world.state("a")).isEqualTo(state);
    }

    private void finish(String json, int exitCode) {
        Grant grant = world.running("a", json);
        world.clusters.finish("zurich", "a.1", exitCode, "");
        world.observe.observe(grant);
    }

    @Test
    void shouldForbidALateSubmissionBeforeItSaysThatThereIsNothing() {
        Grant grant = world.granted("a", World.retried());
        world.clusters.begin("zurich", Fault.SLOW);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        world.clusters.heal("zurich");
        world.observe.observe(grant);
        world.advance(World.DENIAL);
        world.observe.observe(grant);
        assertThat(world.state("a")).isIn(JobState.BACKOFF, JobState.FAILED);

        SubmitOutcome late = world.clusters.submit(world.store.cluster("zurich").orElseThrow(),
                new Submission("a.1", "a", 1, world.run("a").spec()));

        assertThat(late).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(world.clusters.live("zurich")).as("runs that nobody looks at (I-8)").isEmpty();
    }

    @Test
    void shouldAskTheClusterForTheEndAtOnceAndNotAtTheNextSweep() {
        bring(JobState.RUNNING);

        cancel();

        assertThat(world.clusters.live("zurich")).isEmpty();
    }

    @Test
    void shouldKnowNothingOfAJobThatThereIsNot() {
        assertThat(world.cancel.cancel("nobody", "user:ann", "wrong data")).isEmpty();
    }

    @Test
    void shouldFailTheTokenOfAWaitingJobWithTheReason() {
        bring(JobState.QUEUED);
        cancel();

        assertThat(world.signals.delivered()).containsExactly(
                new Signal.Failure(World.token("a", 1), ErrorReply.CANCELLED, "wrong data"));
    }

    @Test
    void shouldTellTheWaitingExecutionAtARepeatedCancelWhenItCouldNotBeToldAtTheFirst() {
        bring(JobState.QUEUED);
        world.signals.answerNext(SignalResult.UNAVAILABLE);
        assertThatThrownBy(this::cancel).isInstanceOf(RetryLater.class);
        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);

        cancel();

        assertThat(world.signals.delivered()).hasSize(1);
    }

    @Test
    void shouldNotGiveUpAJobForAnotherExecutionOfItsName() {
        bring(JobState.RUNNING);

        world.cancel.abandon("a", World.arn("a") + "-other", "its execution ended");

        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldAskAnUnreachableClusterAgainAtEachSweepAndKeepTheReservationUntilItConfirms() {
        bring(JobState.RUNNING);
        world.clusters.begin("zurich", Fault.DOWN);
        cancel();
        world.sweep.sweep();
        assertThat(world.state("a")).isEqualTo(JobState.CANCELLING);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.ofCores(1, 1024));

        world.clusters.heal("zurich");
        assertThat(world.sweep.sweep()).isEqualTo(1);

        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    void shouldSeeAnUnknownJobRunningAgainAtASweepAndLeaveTheOthersAlone() {
        bring(JobState.UNKNOWN);
        world.running("b", World.once());
        world.submit("c", World.once());

        assertThat(world.sweep.sweep()).isEqualTo(1);

        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(world.state("c")).isEqualTo(JobState.QUEUED);
    }

    @Test
    void shouldSweepTheOthersWhenOneJobIsBeingChangedAllTheTime() {
        bring(JobState.CANCELLING);
        world.running("b", World.once());
        world.cancel.cancel("b", "user:ann", "wrong data");
        FaultyStore.Fault[] busy = new FaultyStore.Fault[20];
        java.util.Arrays.fill(busy, FaultyStore.Fault.IN_THE_WAY);
        world.store.failNext(busy);

        assertThat(world.sweep.sweep()).isEqualTo(1);

        assertThat(world.state("a")).isEqualTo(JobState.CANCELLING);
        assertThat(world.state("b")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldStayWithTheTruthWhenACancelAndAnEndCross() {
        bring(JobState.RUNNING);
        world.store.beforeNextCommit(() -> {
            world.clusters.finish("zurich", "a.1", 0, "");
            world.observe.observe(world.grant("a"));
        });

        assertThat(cancel()).isEqualTo(JobState.SUCCEEDED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }
}

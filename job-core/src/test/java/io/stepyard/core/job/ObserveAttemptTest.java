package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.cluster.Observation;
import io.stepyard.core.job.StatusReply.Status;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.memory.RunScript;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.world.World;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObserveAttemptTest {

    private static final Resources ONE = Resources.ofCores(1, 1024);
    private final World world = World.withZurich();

    @ParameterizedTest
    @CsvSource({"STARTING,PENDING,STARTING", "STARTING,RUNNING,RUNNING", "STARTING,SUCCEEDED,SUCCEEDED",
            "STARTING,FAILED,FAILED", "STARTING,TIMED_OUT,TIMED_OUT", "STARTING,CANCELLED,CANCELLED",
            "STARTING,NOT_FOUND,FAILED", "STARTING,UNRECOGNISED,UNKNOWN",
            "RUNNING,PENDING,STARTING", "RUNNING,RUNNING,RUNNING", "RUNNING,SUCCEEDED,SUCCEEDED",
            "RUNNING,FAILED,FAILED", "RUNNING,TIMED_OUT,TIMED_OUT", "RUNNING,CANCELLED,CANCELLED",
            "RUNNING,NOT_FOUND,FAILED", "RUNNING,UNRECOGNISED,UNKNOWN",
            "UNKNOWN,PENDING,STARTING", "UNKNOWN,RUNNING,RUNNING", "UNKNOWN,SUCCEEDED,SUCCEEDED",
            "UNKNOWN,FAILED,FAILED", "UNKNOWN,TIMED_OUT,TIMED_OUT", "UNKNOWN,CANCELLED,CANCELLED",
            "UNKNOWN,NOT_FOUND,FAILED", "UNKNOWN,UNRECOGNISED,UNKNOWN",
            "CANCELLING,PENDING,CANCELLING", "CANCELLING,RUNNING,CANCELLING", "CANCELLING,SUCCEEDED,SUCCEEDED",
            "CANCELLING,FAILED,CANCELLED", "CANCELLING,TIMED_OUT,CANCELLED", "CANCELLING,CANCELLED,CANCELLED",
            "CANCELLING,NOT_FOUND,CANCELLED", "CANCELLING,UNRECOGNISED,CANCELLING"})
    void shouldTakeEveryObservationInEveryStateAndGiveTheReservationBackAtAnEndOnly(JobState state, String seen,
            JobState next) {
        Grant grant = inState(state);
        world.gateway.observeNext(observation(seen));

        Status status = world.observe.observe(grant).status();
        if (seen.equals("NOT_FOUND")) {
            assertThat(status).as("believed the second time only").isEqualTo(Status.IN_PROGRESS);
            assertThat(world.reserved("zurich")).isEqualTo(ONE);
            world.advance(World.DENIAL);
            world.gateway.observeNext(observation(seen));
            status = world.observe.observe(grant).status();
        }

        assertThat(world.state("a")).isEqualTo(next);
        assertThat(world.reserved("zurich")).isEqualTo(next.isFinal() ? Resources.NONE : ONE);
        assertThat(status).isEqualTo(next == JobState.SUCCEEDED
                ? Status.SUCCEEDED
                : next.isFinal() ? Status.ENDED : Status.IN_PROGRESS);
        assertThat(world.kicks.get()).as("kicks: the acceptance, and the end").isEqualTo(next.isFinal() ? 2 : 1);
    }

    @Test
    void shouldRecordAGoodEndThatTheClusterTellsWithoutAskingIt() {
        Grant grant = inState(JobState.RUNNING);
        world.clusters.begin("zurich", Fault.DOWN);
        JobRun run = world.run(grant.jobId());

        world.observe.heard(run, Objects.requireNonNull(run.attempts().getLast().clusterJobId()),
                new Observation.Succeeded(world.now(), world.now()));

        assertThat(world.state("a")).isEqualTo(JobState.SUCCEEDED);
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    void shouldLookForItselfWhenTheNewsIsOfAnotherRunOrOfABadEnd() {
        Grant grant = inState(JobState.RUNNING);
        JobRun run = world.run(grant.jobId());

        world.observe.heard(run, "another-run", new Observation.Succeeded(world.now(), world.now()));
        world.observe.heard(run, Objects.requireNonNull(run.attempts().getLast().clusterJobId()),
                observation("FAILED"));

        assertThat(world.state("a")).as("the cluster itself says that it runs").isEqualTo(JobState.RUNNING);
    }

    private Grant inState(JobState state) {
        Grant grant = state == JobState.STARTING
                ? world.started("a", World.once())
                : world.running("a", World.once());
        if (state == JobState.UNKNOWN) {
            world.clusters.failNext("zurich", Fault.DOWN);
            world.observe.observe(grant);
        }
        if (state == JobState.CANCELLING) {
            world.cancel.cancel("a", "user:ann", "wrong data");
        }
        assertThat(world.state("a")).isEqualTo(state);
        return grant;
    }

    private Observation observation(String seen) {
        Instant now = world.now();
        return switch (seen) {
            case "PENDING" -> new Observation.Pending();
            case "RUNNING" -> new Observation.Running(now);
            case "SUCCEEDED" -> new Observation.Succeeded(now, now);
            case "FAILED" -> failed(FailureClass.USER_ERROR);
            case "TIMED_OUT" -> failed(FailureClass.TIME_LIMIT);
            case "CANCELLED" -> new Observation.Cancelled(now, now);
            case "NOT_FOUND" -> new Observation.NotFound();
            default -> new Observation.Unrecognised("PREEMPTING");
        };
    }

    private Observation failed(FailureClass failureClass) {
        return new Observation.Failed(world.now(), world.now(),
                new Failure(failureClass, "CODE", "it failed", null, null));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"DOWN", "SLOW", "NONSENSE", "LOST_REPLY", "UNRECOGNISED_STATE"})
    void shouldKeepTheReservationOfAJobOutOfSightForADayAndSeeItRunningAgain(Fault fault) {
        Grant grant = world.running("a", World.json("""
                "cpu":1,"memory":"1GiB","timeLimit":"7d","retry":{"maxAttempts":1}"""));
        world.clusters.begin("zurich", fault);
        for (int hour = 0; hour < 24; hour++) {
            world.advance(Duration.ofHours(1));
            assertThat(world.observe.observe(grant).status()).isEqualTo(Status.IN_PROGRESS);
            world.tick();
        }
        assertThat(world.state("a")).isEqualTo(JobState.UNKNOWN);
        assertThat(world.reserved("zurich")).isEqualTo(ONE);
        assertThat(world.run("a").events()).filteredOn(event -> event.type().equals("ClusterOutOfSight")).hasSize(1);

        world.clusters.heal("zurich");
        world.observe.observe(grant);

        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(world.clusters.starts("zurich", "a.1")).isEqualTo(1);
    }

    @Test
    void shouldTellASubmissionThatNeverArrivedFromAnAttemptThatWasLost() {
        Grant grant = world.granted("a", World.retried());
        world.clusters.failNext("zurich", Fault.DOWN);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);
        world.observe.observe(grant);
        world.advance(World.DENIAL);
        world.observe.observe(grant);
        assertThat(failure("a").failureClass()).isEqualTo(FailureClass.INFRASTRUCTURE);
        assertThat(failure("a").code()).isEqualTo("NOT_SUBMITTED");

        Grant lost = world.running("b", World.retried());
        world.clusters.forgetAll("zurich");
        assertThat(world.observe.observe(lost).status()).isEqualTo(Status.IN_PROGRESS);
        world.advance(World.DENIAL);
        assertThat(world.observe.observe(lost).status()).isEqualTo(Status.ENDED);
        assertThat(failure("b").failureClass()).isEqualTo(FailureClass.LOST);
        assertThat(failure("b").message()).contains("zurich");
        assertThat(world.run("b").attempts().getLast().state()).isEqualTo(AttemptState.LOST);
    }

    @Test
    void shouldCountDenialsAnewWhenTheAttemptWasSeenBetweenThem() {
        Grant grant = world.running("a", World.once());
        for (int round = 0; round < 3; round++) {
            world.gateway.observeNext(new Observation.NotFound());
            world.observe.observe(grant);
            world.advance(World.DENIAL);
            world.observe.observe(grant);
        }

        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(world.reserved("zurich")).isEqualTo(ONE);
    }

    @Test
    void shouldFindAnAttemptWhoseSubmissionWasNeverConfirmed() {
        Grant grant = world.granted("a", World.once());
        world.clusters.failNext("zurich", Fault.LOST_REPLY);
        assertThatThrownBy(() -> world.start.start(grant)).isInstanceOf(RetryLater.class);

        assertThat(world.observe.observe(grant).status()).isEqualTo(Status.IN_PROGRESS);

        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldRefuseToLookAtAGrantThatIsNotInUse() {
        Grant grant = world.granted("a", World.retried());
        assertThatThrownBy(() -> world.observe.observe(grant)).as("before its start").isInstanceOf(GrantExpired.class);
        assertThatThrownBy(() -> world.observe.observe(new Grant("nobody", 1, "zurich", "e1-a1")))
                .isInstanceOf(GrantExpired.class);

        world.start.start(grant);
        assertThatThrownBy(() -> world.observe.observe(new Grant("a", 1, "zurich", "e7-a1")))
                .isInstanceOf(GrantExpired.class);
    }

    @Test
    void shouldKeepTheClustersOwnTimesAndErrorOutput() {
        world.clusters.script(_ -> RunScript.failingAfter(Duration.ofSeconds(40), 3, "access denied")
                .delayedBy(Duration.ofSeconds(20)));
        Grant grant = world.started("a", World.once());
        Instant start = world.now().plusSeconds(20);
        world.advance(Duration.ofMinutes(5));

        assertThat(world.observe.observe(grant).status()).isEqualTo(Status.ENDED);

        JobRun run = world.run("a");
        assertThat(run.attempts().getLast().startedAt()).isEqualTo(start);
        assertThat(run.attempts().getLast().endedAt()).isEqualTo(start.plusSeconds(40));
        assertThat(failure("a").errorOutput()).isEqualTo("access denied");
        assertThat(failure("a").exitCode()).isEqualTo(3);
    }

    @Test
    void shouldNotMistakeAnAnswerAboutAnEarlierAttemptForThePresentOne() {
        world.running("a", World.retried());
        JobRun old = world.run("a");
        world.clusters.finish("zurich", "a.1", 1, "");
        world.observe.look(old);
        world.request("a", World.retried(), 2);
        world.tick();
        world.start.start(world.grant("a"));

        world.gateway.observeNext(new Observation.Succeeded(world.now(), world.now()));
        world.observe.look(old);

        assertThat(world.state("a")).isEqualTo(JobState.STARTING);
    }

    @Test
    void shouldWaitLongerTheLongerTheJobIsOnItsClusterWhetherItRunsOrNot() {
        world.clusters.script(_ -> RunScript.ENDLESS.delayedBy(Duration.ofDays(30)));
        Grant grant = world.started("a", World.json("""
                "cpu":1,"memory":"1GiB","timeLimit":"300d\""""));
        assertThat(world.observe.observe(grant).waitSeconds()).isEqualTo(30);

        world.advance(Duration.ofDays(10));
        assertThat(world.observe.observe(grant).waitSeconds()).as("pending").isEqualTo(4320);
        world.advance(Duration.ofDays(30));
        assertThat(world.observe.observe(grant).waitSeconds()).as("running").isEqualTo(17_280);
    }

    private Failure failure(String jobId) {
        return Objects.requireNonNull(world.run(jobId).attempts().getLast().failure());
    }
}

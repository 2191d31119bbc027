package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.core.job.AcceptJob.Acceptance;
import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import io.stepyard.core.world.FaultyStore.Fault;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AcceptJobTest {

    private final World world = World.withZurich();

    @Test
    void shouldQueueANewJobWithItsTokenAndKickTheScheduler() {
        assertThat(world.submit("a", World.once())).isEqualTo(Acceptance.QUEUED);

        assertThat(world.state("a")).isEqualTo(JobState.QUEUED);
        assertThat(world.run("a").token()).isEqualTo(World.token("a", 1));
        assertThat(world.store.waiting(10)).singleElement().satisfies(row -> {
            assertThat(row.jobId()).isEqualTo("a");
            assertThat(row.spec().resources()).isEqualTo(Resources.ofCores(1, 1024));
        });
        assertThat(world.kicks).hasValue(1);
        assertThat(world.signals.delivered()).isEmpty();
    }

    @Test
    void shouldMakeOneJobOfTheSameRequestTwice() {
        world.submit("a", World.once());
        int commits = world.store.commits();

        assertThat(world.submit("a", World.once())).isEqualTo(Acceptance.QUEUED);

        assertThat(world.store.commits()).isEqualTo(commits);
        assertThat(world.store.waiting(10)).hasSize(1);
    }

    @Test
    void shouldMakeOneJobWhenTheReplyOfTheStoreWasLostAndTheStateMachineRepeatsItsRequest() {
        world.store.failNext(Fault.REPLY_LOST);
        assertThatThrownBy(() -> world.submit("a", World.once())).isInstanceOf(StoreUnavailable.class);

        assertThat(world.request("a", World.once(), 2)).isEqualTo(Acceptance.QUEUED);

        assertThat(world.store.waiting(10)).hasSize(1);
        assertThat(world.run("a").token()).isEqualTo(World.token("a", 2));
    }

    @Test
    void shouldGrantToTheNewerTokenOfARequestThatWasRepeatedWhileTheJobWaits() {
        world.submit("a", World.once());
        Instant queuedAt = world.run("a").queuedAt();
        world.advance(Duration.ofMinutes(1));

        assertThat(world.request("a", World.once(), 2)).isEqualTo(Acceptance.QUEUED);
        assertThat(world.run("a").queuedAt()).as("its place in the queue").isEqualTo(queuedAt);
        world.tick();

        assertThat(world.signals.delivered()).singleElement()
                .satisfies(signal -> assertThat(signal.token()).isEqualTo(World.token("a", 2)));
    }

    @Test
    void shouldHandTheGrantToTheNewerTokenOfARequestThatWasRepeatedAfterTheGrant() {
        Grant grant = world.granted("a", World.once());

        assertThat(world.request("a", World.once(), 2)).isEqualTo(Acceptance.GRANTED);

        assertThat(world.signals.delivered().getLast()).isInstanceOfSatisfying(Signal.Success.class, signal -> {
            assertThat(signal.token()).isEqualTo(World.token("a", 2));
            assertThat(signal.outputJson()).contains(grant.grantId(), "zurich");
        });
        assertThat(world.start.start(grant)).isEqualTo(grant);
        assertThat(world.clusters.starts("zurich", "a.1")).isEqualTo(1);
    }

    @Test
    void shouldHandTheGrantInUseToARequestThatIsRepeatedWhileTheJobRuns() {
        Grant grant = world.running("a", World.once());

        assertThat(world.request("a", World.once(), 2)).isEqualTo(Acceptance.GRANTED);

        assertThat(world.signals.delivered().getLast()).isInstanceOfSatisfying(Signal.Success.class,
                signal -> assertThat(signal.outputJson()).contains(grant.grantId()));
        assertThat(world.state("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldAskForARepetitionWhenTheGrantInUseCannotBeHandedOver() {
        world.running("a", World.once());
        world.signals.answerNext(SignalResult.UNAVAILABLE);

        // The token is in no row, so nobody else would ever answer it.
        assertThatThrownBy(() -> world.request("a", World.once(), 2)).isInstanceOf(RetryLater.class);
    }

    @Test
    void shouldAskForARepetitionWhenARefusalCannotBeDelivered() {
        world.signals.answerNext(SignalResult.UNAVAILABLE);
        assertThatThrownBy(() -> world.submit("a", "{}")).isInstanceOf(RetryLater.class);

        world.submit("b", World.once());
        world.cancel.cancel("b", "user:ann", "not needed");
        world.signals.answerNext(SignalResult.UNAVAILABLE);
        assertThatThrownBy(() -> world.request("b", World.once(), 2)).isInstanceOf(RetryLater.class);
    }

    @Test
    void shouldQueueAgainBehindTheOthersAfterABackoff() {
        world.running("a", World.retried());
        world.clusters.finish("zurich", "a.1", 3, "boom");
        world.observe.observe(world.grant("a"));
        world.advance(Duration.ofSeconds(5));

        assertThat(world.request("a", World.retried(), 2)).isEqualTo(Acceptance.QUEUED);

        assertThat(world.run("a").queuedAt()).isEqualTo(world.now());
        assertThat(world.store.waiting(10)).singleElement()
                .satisfies(row -> assertThat(row.attemptsMade()).isEqualTo(1));
        world.tick();
        assertThat(world.grant("a").attempt()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnotherExecutionsJobIdAndLeaveThatJobAlone() {
        world.submit("a", World.once());
        Acceptance answer = world.accept.accept(new QueueRequest("a", World.arn("a") + "-other", world.now(),
                World.once(), World.token("a", 9)));

        assertThat(answer).isEqualTo(Acceptance.REJECTED);
        assertRefused("a belongs to another execution");
        assertThat(world.run("a").token()).isEqualTo(World.token("a", 1));
    }

    @Test
    void shouldTellARequestForAnEndedJobHowItEnded() {
        Grant grant = world.running("a", World.once());
        world.clusters.finish("zurich", "a.1", 0, "");
        world.observe.observe(grant);

        assertThat(world.request("a", World.once(), 2)).isEqualTo(Acceptance.REJECTED);

        assertRefused("SUCCEEDED");
        assertThat(world.store.waiting(10)).isEmpty();
    }

    @Test
    void shouldNameEveryFaultOfAnInvalidJobInTheCauseOfTheFailure() {
        world.submit("a", """
                {"schemaVersion":1,"cpu":-2,"memory":"much","priority":10000,"colour":"red",
                 "run":{"kind":"command","command":[]}}""");

        Signal.Failure failure = (Signal.Failure) world.signals.delivered().getLast();
        assertThat(failure.error()).isEqualTo(AcceptJob.REJECTED);
        assertThat(failure.cause()).contains("/name", "/cpu", "/memory", "/priority", "/colour", "/run/command", "-2",
                "10000");
        assertThat(world.store.run("a")).isEmpty();
        assertThat(world.kicks).hasValue(0);
    }

    @Test
    void shouldRefuseAnExecutionNameThatIsNoJobId() {
        world.submit("two words", World.once());

        assertRefused("'two words'");
    }

    @Test
    void shouldRefuseAJobThatIsLargerThanEveryClusterWithTheReasonForEach() {
        world.add("geneva", Resources.ofCores(2, 1024));

        assertThat(world.submit("a", World.json("""
                "cpu":5,"memory":"1GiB\""""))).isEqualTo(Acceptance.REJECTED);

        assertRefused("5 cores", "zurich: it has 4 cores, 8 GiB in all", "geneva: it has 2 cores, 1 GiB in all");
        assertThat(world.store.waiting(10)).isEmpty();
    }

    @Test
    void shouldQueueAJobThatFitsOneClusterHoweverBusyItIs() {
        world.add("geneva", Resources.ofCores(16, 65_536));
        world.granted("big", World.json("""
                "cpu":16,"memory":"64GiB\""""));

        assertThat(world.submit("a", World.json("""
                "cpu":5,"memory":"1GiB\""""))).isEqualTo(Acceptance.QUEUED);
    }

    @Test
    void shouldRefuseAClusterThatNobodyKnowsAndNameThoseThatAreRegistered() {
        world.submit("a", World.json("""
                "cpu":1,"memory":"1GiB","clusters":["basel"]"""));

        assertRefused("basel", "zurich");
    }

    @Test
    void shouldRefuseLabelsThatNoAllowedClusterCarries() {
        world.add("geneva", World.SIZE, Map.of("zone", "eu"));
        assertThat(world.submit("fits", World.json("""
                "cpu":1,"memory":"1GiB","labels":{"zone":"eu"}"""))).isEqualTo(Acceptance.QUEUED);

        world.submit("a", World.json("""
                "cpu":1,"memory":"1GiB","clusters":["zurich"],"labels":{"zone":"eu"}"""));

        assertRefused("zurich", "/labels", "geneva", "/clusters");
    }

    @Test
    void shouldAskForARepetitionWhenOthersAreInTheWayEveryTime() {
        Fault[] faults = new Fault[10];
        java.util.Arrays.fill(faults, Fault.IN_THE_WAY);
        world.store.failNext(faults);

        assertThatThrownBy(() -> world.submit("a", World.once())).isInstanceOf(RetryLater.class);
    }

    private void assertRefused(String... parts) {
        assertThat(world.signals.delivered().getLast()).isInstanceOfSatisfying(Signal.Failure.class, failure -> {
            assertThat(failure.error()).isEqualTo(AcceptJob.REJECTED);
            assertThat(failure.cause()).contains(parts);
        });
    }
}

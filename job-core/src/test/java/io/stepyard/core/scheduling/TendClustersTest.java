package io.stepyard.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stepyard.core.scheduling.TendClusters.Removal;
import io.stepyard.core.store.Maintenance;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.Reason;
import io.stepyard.scheduler.ReasonCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TendClustersTest {

    private final World world = World.withZurich();

    private Maintenance in(long minutes, long lengthMinutes) {
        return new Maintenance(world.now().plus(Duration.ofMinutes(minutes)),
                world.now().plus(Duration.ofMinutes(minutes + lengthMinutes)), "new disks");
    }

    private static String limited(String limit) {
        return World.json("\"cpu\":1,\"memory\":\"1GiB\",\"timeLimit\":\"" + limit + "\"");
    }

    @Test
    void shouldStartNothingOnADrainedClusterAndGoOnWhenItIsResumed() {
        world.running("runs", World.once());
        world.tend.drain("zurich", "disk swap");
        world.tend.drain("zurich", "disk swap");
        world.submit("waits", World.once());

        world.tick();
        assertThat(world.state("waits")).isEqualTo(JobState.QUEUED);
        assertThat(world.state("runs")).isEqualTo(JobState.RUNNING);
        assertThat(world.cluster("zurich").drainReason()).isEqualTo("disk swap");

        world.tend.resume("zurich");
        world.tend.resume("zurich");
        world.tick();
        assertThat(world.state("waits")).isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldStartBeforeAWindowOnlyWhatEndsBeforeIt() {
        world.tend.plan("zurich", in(30, 60));
        world.tend.plan("zurich", in(30, 60));
        assertThat(world.cluster("zurich").windows()).hasSize(1);
        world.submit("short", limited("29m"));
        world.submit("long", limited("31m"));

        world.tick();

        assertThat(world.state("short")).isEqualTo(JobState.GRANTED);
        assertThat(world.state("long")).isEqualTo(JobState.QUEUED);
        assertThat(world.explain.explain().reasons().get("long")).extracting(Reason::code)
                .contains(ReasonCode.MAINTENANCE);
        var outlook = Objects.requireNonNull(world.explain.outlook(world.explain.explain()).get("long"));
        assertThat(Objects.requireNonNull(outlook.expected()).at())
                .isEqualTo(world.cluster("zurich").windows().getFirst().to());
        world.advance(Duration.ofMinutes(60));
        world.tick();
        assertThat(world.state("long")).as("in the window").isEqualTo(JobState.QUEUED);
        world.advance(Duration.ofMinutes(30));
        world.tick();
        assertThat(world.state("long")).as("after it").isEqualTo(JobState.GRANTED);
    }

    @Test
    void shouldKeepDrainAndWindowsWhenTheClusterIsLookedAtAndRegisteredAgain() {
        world.tend.drain("zurich", "disk swap");
        world.tend.plan("zurich", in(30, 60));
        world.tick();
        world.advance(Duration.ofSeconds(5));
        world.tick();
        world.add("zurich", World.SIZE);

        assertThat(world.cluster("zurich").drained()).isTrue();
        assertThat(world.cluster("zurich").windows()).hasSize(1);
    }

    @Test
    void shouldForgetWindowsThatAreOverAndRefuseTooMany() {
        world.tend.plan("zurich", in(1, 1));
        world.advance(Duration.ofMinutes(3));
        for (int window = 0; window < TendClusters.MAX_WINDOWS; window++) {
            world.tend.plan("zurich", in(10 + 2L * window, 1));
        }

        assertThatIllegalArgumentException().isThrownBy(() -> world.tend.plan("zurich", in(1000, 1)))
                .withMessageContaining("at most 50");
    }

    @Test
    void shouldRemoveAnIdleClusterAndSayWhenThereIsNone() {
        assertThat(world.tend.remove("zurich", false, "user:ann")).isEqualTo(new Removal.Removed(0));
        assertThat(world.tend.remove("zurich", false, "user:ann")).isEqualTo(new Removal.Unknown());
        assertThat(world.tend.drain("zurich", "x")).isEmpty();
        assertThat(world.tend.resume("zurich")).isEmpty();
    }

    @Test
    void shouldRefuseToRemoveAClusterThatJobsRunOnAndLeaveItAsItWas() {
        world.running("a", World.once());

        assertThat(world.tend.remove("zurich", false, "user:ann"))
                .isEqualTo(new Removal.InUse(1, java.util.List.of("a")));
        assertThat(world.cluster("zurich").drained()).isFalse();
    }

    @Test
    void shouldGiveUpWhatRunsThereWhenForcedAndLetItGoOnElsewhere() {
        world.running("again", World.retried());
        world.running("once", World.once());
        world.running("ending", World.once());
        world.clusters.begin("zurich", io.stepyard.core.memory.InMemoryClusters.Fault.DOWN);
        world.cancel.cancel("ending", "user:ann", "enough");

        assertThat(world.tend.remove("zurich", true, "user:ann")).isEqualTo(new Removal.Removed(3));

        assertThat(world.state("again")).isEqualTo(JobState.BACKOFF);
        assertThat(world.state("once")).isEqualTo(JobState.FAILED);
        assertThat(world.state("ending")).isEqualTo(JobState.CANCELLED);
        assertThat(world.store.clusters()).isEmpty();
        assertThat(Objects.requireNonNull(world.run("once").failure()).code()).isEqualTo("CLUSTER_REMOVED");
    }

    @Test
    void shouldAskTheClusterToEndWhatIsGivenUp() {
        world.running("a", World.once());

        world.tend.remove("zurich", true, "user:ann");

        assertThat(world.clusters.live("zurich")).isEmpty();
    }

    @Test
    void shouldLeaveAJobThatIsBeingStartedAloneAndStartNothingMoreThere() {
        world.granted("a", World.once());

        assertThat(world.tend.remove("zurich", true, "user:ann")).isInstanceOf(Removal.InUse.class);
        assertThat(world.state("a")).isEqualTo(JobState.GRANTED);
        assertThat(world.cluster("zurich").drained()).isTrue();
    }
}

package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.workflow.WorkflowExecutions.Standing;
import io.stepyard.core.world.World;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileExecutionsTest {

    private final World world = World.withZurich();
    private final Map<String, Standing> standings = new HashMap<>();
    private final ReconcileExecutions reconcile = new ReconcileExecutions(world.desk, world.cancel,
            arn -> standings.getOrDefault(arn, Standing.OPEN));

    @Test
    void shouldGiveUpWhatWaitsAndEndWhatRunsWhenTheNewsOfTheirExecutionsEndNeverCame() {
        world.running("runs", World.once());
        world.submit("waits", World.once());
        world.submit("goes-on", World.once());
        standings.put(World.arn("runs"), Standing.FAILED);
        standings.put(World.arn("waits"), Standing.GONE);
        world.advance(Duration.ofMinutes(10));

        assertThat(reconcile.reconcile(10)).isEqualTo(2);
        world.sweep.sweep();

        assertThat(world.state("runs")).isEqualTo(JobState.CANCELLED);
        assertThat(world.state("waits")).isEqualTo(JobState.FAILED);
        assertThat(world.state("goes-on")).isEqualTo(JobState.QUEUED);
        assertThat(world.clusters.live("zurich")).isEmpty();
        assertThat(world.reserved("zurich")).isEqualTo(Resources.NONE);
    }

    @Test
    void shouldCancelTheJobOfAnExecutionThatWasStopped() {
        world.submit("a", World.once());
        standings.put(World.arn("a"), Standing.ABORTED);
        world.advance(Duration.ofMinutes(10));

        reconcile.reconcile(10);

        assertThat(world.state("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldLeaveAJobAloneWhoseExecutionCannotBeAskedForOrWasAtWorkJustNow() {
        world.running("silent", World.once());
        standings.put(World.arn("silent"), Standing.UNAVAILABLE);
        world.advance(Duration.ofMinutes(10));
        world.running("fresh", World.once());
        standings.put(World.arn("fresh"), Standing.FAILED);

        assertThat(reconcile.reconcile(10)).isZero();

        assertThat(world.state("silent")).isEqualTo(JobState.RUNNING);
        assertThat(world.state("fresh")).isEqualTo(JobState.RUNNING);
    }

    @Test
    void shouldGoOnWhereItStoppedAndBeginAnewAtTheEnd() {
        for (int i = 0; i < 5; i++) {
            world.submit("job-" + i, World.once());
            standings.put(World.arn("job-" + i), Standing.FAILED);
        }
        world.advance(Duration.ofMinutes(10));

        int given = 0;
        for (int round = 0; round < 3; round++) {
            given += reconcile.reconcile(2);
        }

        assertThat(given).isEqualTo(5);
        assertThat(world.store.waiting(10)).isEmpty();
    }
}

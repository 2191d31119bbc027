package io.stepyard.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.cluster.Observation;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.world.World;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.AttemptTransition;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.lifecycle.JobTransition;
import io.stepyard.model.lifecycle.Lifecycle.Transition;
import io.stepyard.model.lifecycle.Lifecycles;
import io.stepyard.model.resource.Resources;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of both tables is one that the use cases go; a row that nothing can go fails here and is to be taken out of its table. */
class LifecycleInUseTest {

    private static final String JOB = "job";
    private final World world = World.withZurich();

    static List<Transition<JobState, JobTransition>> jobRows() {
        return Lifecycles.JOB.transitions();
    }

    static List<Transition<AttemptState, AttemptTransition>> attemptRows() {
        return Lifecycles.ATTEMPT.transitions();
    }

    @ParameterizedTest
    @MethodSource("jobRows")
    void shouldGoEveryRowOfTheJobTable(Transition<JobState, JobTransition> row) {
        String json = row.from() == JobState.BACKOFF || row.on() == JobTransition.BACK_OFF
                ? World.retried()
                : World.once();
        bring(row.from(), json);
        happen(row.on(), json);

        assertThat(world.state(JOB)).isEqualTo(row.to());
        assertLedgerMatches();
        assertThat(world.run(JOB).endedAt() != null).isEqualTo(row.to().isFinal());
        assertThat(world.store.waiting(10)).hasSize(row.to() == JobState.QUEUED ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("attemptRows")
    void shouldGoEveryRowOfTheAttemptTable(Transition<AttemptState, AttemptTransition> row) {
        bring(JobState.valueOf(row.from().name()), World.once());
        switch (row.on()) {
            case EXPIRE -> happen(JobTransition.FAIL, World.once());
            case VANISH -> {
                seen(new Observation.NotFound());
                world.advance(World.DENIAL);
                seen(new Observation.NotFound());
            }
            case START, SEE_PENDING, SEE_RUNNING, LOSE_SIGHT, ASK_CANCEL, SUCCEED, FAIL, TIME_OUT, CANCEL -> happen(
                    JobTransition.valueOf(row.on().name()), World.once());
        }

        assertThat(world.run(JOB).attempts().getLast().state()).isEqualTo(row.to());
        assertLedgerMatches();
    }

    private void assertLedgerMatches() {
        assertThat(world.reserved("zurich")).isEqualTo(
                world.state(JOB).holdsReservation() ? Resources.ofCores(1, 1024) : Resources.NONE);
    }

    private void bring(JobState state, String json) {
        switch (state) {
            case QUEUED -> world.submit(JOB, json);
            case GRANTED -> world.granted(JOB, json);
            case STARTING -> world.started(JOB, json);
            case RUNNING -> world.running(JOB, json);
            case UNKNOWN -> {
                world.running(JOB, json);
                happen(JobTransition.LOSE_SIGHT, json);
                world.clusters.heal("zurich");
            }
            case CANCELLING -> {
                world.running(JOB, json);
                happen(JobTransition.ASK_CANCEL, json);
            }
            case BACKOFF -> {
                world.running(JOB, json);
                happen(JobTransition.BACK_OFF, json);
            }
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> throw new AssertionError(
                    "Expected final states to have no rows, but found one of " + state);
        }
        assertThat(world.state(JOB)).isEqualTo(state);
    }

    private void happen(JobTransition on, String json) {
        switch (on) {
            case GRANT -> world.tick();
            case REQUEUE -> world.request(JOB, json, 2);
            case START -> world.start.start(world.grant(JOB));
            case SEE_PENDING -> seen(new Observation.Pending());
            case SEE_RUNNING -> seen(new Observation.Running(world.now()));
            case LOSE_SIGHT -> {
                world.clusters.begin("zurich", Fault.DOWN);
                world.observe.look(world.run(JOB));
            }
            case ASK_CANCEL -> world.cancel.cancel(JOB, "user:ann", "wrong data");
            case BACK_OFF -> failed(FailureClass.USER_ERROR);
            case SUCCEED -> seen(new Observation.Succeeded(world.now(), world.now()));
            case TIME_OUT -> failed(FailureClass.TIME_LIMIT);
            case FAIL -> {
                if (mayBeOnCluster()) {
                    failed(FailureClass.USER_ERROR);
                } else {
                    world.cancel.abandon(JOB, World.arn(JOB), "its execution ended");
                }
            }
            case CANCEL -> {
                if (mayBeOnCluster()) {
                    seen(new Observation.Cancelled(null, world.now()));
                } else {
                    world.cancel.cancel(JOB, "user:ann", "wrong data");
                }
            }
        }
    }

    private boolean mayBeOnCluster() {
        return world.state(JOB).holdsReservation() && world.state(JOB) != JobState.GRANTED;
    }

    private void failed(FailureClass failureClass) {
        seen(new Observation.Failed(null, world.now(), new Failure(failureClass, "CODE", "it failed", null, null)));
    }

    private void seen(Observation observation) {
        world.gateway.observeNext(observation);
        world.observe.look(world.run(JOB));
    }
}

package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a job whose execution is stopped from outside. */
class JobManagerTest {

    private final VirtualSystem system = new VirtualSystem(
            new PollPolicy(Duration.ofSeconds(5), 0.005));

    @AfterEach
    void close() {
        system.close();
    }

    private void stop(String arn) {
        system.engine.stopExecution(arn, "Stopped", "by ann, wrong data");
        system.time.settle();
    }

    private void assertCancelledWithTheCause(String jobId) {
        assertThat(system.state(jobId)).isEqualTo(JobState.CANCELLED);
        assertThat(system.run(jobId).events()).extracting(event -> event.detail())
                .contains("Its execution was stopped: Stopped: by ann, wrong data");
    }

    @Test
    void shouldCancelAWaitingJobWithTheCauseOfTheStop() {
        for (String jobId : List.of("a", "b", "c", "d")) {
            system.submit(jobId, "");
        }
        String arn = system.submit("waits", "");
        system.minutes(1);
        assertThat(system.state("waits")).isEqualTo(JobState.QUEUED);

        stop(arn);

        assertCancelledWithTheCause("waits");
        assertThat(system.store.waiting(10)).isEmpty();
    }

    @Test
    void shouldCancelARunningJobWithTheCauseOfTheStop() {
        String arn = system.submit("a", "");
        system.minutes(1);
        assertThat(system.state("a")).isEqualTo(JobState.RUNNING);

        stop(arn);
        system.minutes(1);

        assertCancelledWithTheCause("a");
    }

    @Test
    void shouldFollowAnEndAgainAtTheNextSweepWhenItCouldNotBeFollowedAtOnce() {
        AtomicInteger failures = new AtomicInteger(1);
        JobManager manager = new JobManager(system.store,
                new CancelJob(new JobDesk(failing(failures), system.store, system.clusters, () -> {
                    // Nobody schedules here.
                }, system.time), new RecordingSignals()));
        String arn = system.submit("a", "");
        system.minutes(1);

        manager.ended(new ExecutionSummary(arn, JobManager.ARN, "a", ExecutionStatus.ABORTED, VirtualSystem.START,
                VirtualSystem.START));
        assertThat(system.state("a")).isEqualTo(JobState.RUNNING);

        assertThat(manager.followAgain()).isZero();
        assertThat(system.state("a")).isEqualTo(JobState.CANCELLING);
    }

    /** The same store, but that many calls are not answered first. */
    private JobStore failing(AtomicInteger failures) {
        return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[]{JobStore.class},
                (_, method, arguments) -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new StoreUnavailable("the store did not answer", null);
                    }
                    return method.invoke(system.store, arguments);
                });
    }
}

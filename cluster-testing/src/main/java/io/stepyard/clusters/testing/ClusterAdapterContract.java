package io.stepyard.clusters.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stepyard.clusters.testing.ClusterUnderTest.Ability;
import io.stepyard.clusters.testing.ClusterUnderTest.Fault;
import io.stepyard.clusters.testing.ClusterUnderTest.Program;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.resource.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link ClusterGateway} must hold. Each kind of cluster has a subclass; no test can be overridden to skip it. */
public abstract class ClusterAdapterContract {

    private static final Resources ONE_CORE = Resources.ofCores(1, 512);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private ClusterUnderTest world;

    /** A fresh cluster for each test. */
    protected abstract ClusterUnderTest open() throws Exception;

    @SuppressWarnings("NullAway.Init")
    protected ClusterAdapterContract() {}

    @BeforeEach
    final void openWorld() throws Exception {
        world = open();
    }

    @AfterEach
    final void closeWorld() {
        world.close();
    }

    private ClusterGateway gateway() {
        return world.gateway();
    }

    private ClusterRecord cluster() {
        return world.cluster();
    }

    /** No two tests share a key, so that they may share a cluster. */
    private String key(String name) {
        return name + "-" + number;
    }

    private Submission submission(String name, Program program, Resources resources, Duration timeLimit) {
        String key = key(name);
        JobSpec spec = new JobSpec("contract", "research", 1000, resources, timeLimit, Set.of(), Map.of(),
                world.program(program), Map.of(), RetryPolicy.DEFAULT, Map.of());
        return new Submission(key, "job-" + key.hashCode(), 1, spec);
    }

    private Submission submission(String name, Program program) {
        return submission(name, program, ONE_CORE, Duration.ofMinutes(10));
    }

    private SubmitOutcome submit(String name, Program program) {
        return gateway().submit(cluster(), submission(name, program));
    }

    private Observation observe(String name) {
        return gateway().observe(cluster(), key(name), null);
    }

    private Observation awaitEnd(String name) {
        return world.awaitEnd(key(name));
    }

    private Observation awaitRunning(String name) {
        return world.awaitRunning(key(name));
    }

    private void cancel(String name) {
        gateway().cancel(cluster(), key(name), null);
    }

    private String output(String name) {
        return gateway().output(cluster(), key(name), null, 1000);
    }

    private String errorOutput(String name, int maxBytes) {
        return gateway().errorOutput(cluster(), key(name), null, maxBytes);
    }

    /** What a kind of cluster cannot do is said in its documentation; the matrix there is written from the same list. */
    private void assumeAble(Ability ability) {
        Assumptions.assumeTrue(world.abilities().contains(ability),
                () -> world.cluster().kind() + " has not " + ability);
    }

    private ClusterUnavailable failureOf(Runnable call) {
        ClusterUnavailable failure = catchThrowableOfType(ClusterUnavailable.class, call::run);
        assertThat(failure).as("expected ClusterUnavailable").isNotNull();
        return failure;
    }

    @Nested
    final class Submit {

        @Test
        final void shouldRunWhatIsSubmittedAndKeepItsOutput() {
            assertThat(submit("a", Program.SUCCEED)).isInstanceOf(SubmitOutcome.Accepted.class);

            assertThat(awaitEnd("a")).isInstanceOf(Observation.Succeeded.class);
            assertThat(output("a")).isEqualTo("hello\n");
            assertThat(errorOutput("a", 1000)).isEmpty();
        }

        @Test
        final void shouldStartOneRunForOneKeyHoweverOftenItIsSubmitted() {
            SubmitOutcome first = submit("a", Program.RUN_ON);
            SubmitOutcome again = submit("a", Program.RUN_ON);
            awaitRunning("a");

            assertThat(again).isEqualTo(first);
            assertThat(gateway().sample(cluster()).used()).isEqualTo(ONE_CORE);
        }

        @Test
        final void shouldAnswerTheSameAfterTheRunHasEnded() {
            SubmitOutcome first = submit("a", Program.SUCCEED);
            Observation end = awaitEnd("a");

            assertThat(submit("a", Program.SUCCEED)).isEqualTo(first);
            assertThat(observe("a")).isEqualTo(end);
        }

        @Test
        final void shouldTakeAnyPrintableKey() {
            String key = "word-count.2024_a#2/ü+ %41?x=1";
            assertThat(submit(key, Program.SUCCEED)).isInstanceOf(SubmitOutcome.Accepted.class);

            assertThat(awaitEnd(key)).isInstanceOf(Observation.Succeeded.class);
        }

        @Test
        final void shouldRefuseWhatExceedsTheFreeCpu() {
            assumeAble(Ability.REFUSES_WHAT_IS_NOT_FREE);
            assertThat(gateway().submit(cluster(),
                    submission("a", Program.RUN_ON, Resources.ofCores(3, 512), Duration.ofHours(1))))
                    .isInstanceOf(SubmitOutcome.Accepted.class);

            SubmitOutcome outcome = gateway().submit(cluster(),
                    submission("b", Program.RUN_ON, Resources.ofCores(2, 512), Duration.ofHours(1)));

            assertThat(outcome).isInstanceOfSatisfying(SubmitOutcome.Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo("OVER_CAPACITY");
                assertThat(refused.message()).isNotBlank();
            });
            assertThat(observe("b")).isEqualTo(new Observation.NotFound());
        }

        @Test
        final void shouldRefuseWhatExceedsTheMemory() {
            SubmitOutcome outcome = gateway().submit(cluster(),
                    submission("a", Program.RUN_ON, Resources.ofCores(1, 5000), Duration.ofHours(1)));

            assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
        }

        @Test
        final void shouldTakeARefusedKeyLaterWhenThereIsRoom() {
            assumeAble(Ability.REFUSES_WHAT_IS_NOT_FREE);
            submit("a", Program.RUN_ON);
            Submission large = submission("b", Program.RUN_ON, Resources.ofCores(4, 512), Duration.ofHours(1));
            assertThat(gateway().submit(cluster(), large)).isInstanceOf(SubmitOutcome.Refused.class);

            cancel("a");
            awaitEnd("a");

            assertThat(gateway().submit(cluster(), large)).isInstanceOf(SubmitOutcome.Accepted.class);
        }
    }

    @Nested
    final class Observe {

        @Test
        final void shouldSeeARunRunningThenItsEndForEver() {
            submit("a", Program.RUN_ON);
            assertThat(awaitRunning("a")).isInstanceOf(Observation.Running.class);

            cancel("a");
            Observation end = awaitEnd("a");

            assertThat(observe("a")).isEqualTo(end);
        }

        @Test
        final void shouldTellFailureWithExitCodeAndErrorOutput() {
            submit("a", Program.FAIL);

            assertThat(awaitEnd("a")).isInstanceOfSatisfying(Observation.Failed.class, failed -> {
                assertThat(failed.failure().failureClass()).isEqualTo(FailureClass.USER_ERROR);
                assertThat(failed.failure().code()).isEqualTo("EXIT_3");
                assertThat(failed.failure().exitCode()).isEqualTo(3);
                assertThat(failed.endedAt()).isAfterOrEqualTo(failed.startedAt());
            });
            assertThat(errorOutput("a", 1000)).endsWith("access denied\n");
        }

        @Test
        final void shouldGiveOnlyTheEndOfTheErrorOutputWhenAskedForLess() {
            submit("a", Program.FAIL);
            awaitEnd("a");

            String end = errorOutput("a", 7);

            assertThat(end).isEqualTo("denied\n");
            assertThat(end.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(7);
        }

        @Test
        final void shouldTellTheTimeLimitFromOtherFailures() {
            assumeAble(Ability.ENDS_AT_THE_SECOND);
            gateway().submit(cluster(), submission("a", Program.RUN_ON, ONE_CORE, Duration.ofSeconds(1)));

            assertThat(awaitEnd("a")).isInstanceOfSatisfying(Observation.Failed.class,
                    failed -> assertThat(failed.failure().failureClass()).isEqualTo(FailureClass.TIME_LIMIT));
        }

        @Test
        final void shouldSayNotFoundForAKeyThatWasNeverSubmitted() {
            assertThat(observe("never")).isEqualTo(new Observation.NotFound());
            assertThat(errorOutput("never", 100)).isEmpty();
            assertThat(output("never")).isEmpty();
        }

        @Test
        final void shouldNeverTakeAnUnknownStateForRunning() {
            submit("a", Program.RUN_ON);

            world.begin(Fault.UNKNOWN_STATE);

            assertThat(observe("a")).isInstanceOf(Observation.Unrecognised.class);
        }
    }

    @Nested
    final class Cancel {

        @Test
        final void shouldEndARunAndSayThatItWasCancelled() {
            submit("a", Program.RUN_ON);
            awaitRunning("a");

            cancel("a");

            assertThat(awaitEnd("a")).isInstanceOf(Observation.Cancelled.class);
            assertThat(gateway().sample(cluster()).used()).isEqualTo(Resources.NONE);
        }

        @Test
        final void shouldTakeRepeatedCancels() {
            submit("a", Program.RUN_ON);

            cancel("a");
            cancel("a");
            Observation end = awaitEnd("a");
            cancel("a");

            assertThat(observe("a")).isEqualTo(end).isInstanceOf(Observation.Cancelled.class);
        }

        @Test
        final void shouldLeaveAnEndedRunAsItIs() {
            submit("a", Program.SUCCEED);
            Observation end = awaitEnd("a");

            cancel("a");

            assertThat(observe("a")).isEqualTo(end).isInstanceOf(Observation.Succeeded.class);
        }

        @Test
        final void shouldTakeTheCancelOfAnUnknownKey() {
            cancel("never");

            assertThat(observe("never")).isEqualTo(new Observation.NotFound());
        }

        @Test
        final void shouldRefuseASubmissionThatComesAfterItsKeyWasCancelled() {
            assumeAble(Ability.CLOSES_UNKNOWN_KEYS);
            cancel("late");
            cancel("late");

            SubmitOutcome outcome = gateway().submit(cluster(),
                    submission("late", Program.RUN_ON, ONE_CORE, Duration.ofHours(1)));

            assertThat(outcome).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                    refused -> assertThat(refused.code()).isEqualTo(SubmitOutcome.CANCELLED));
            assertThat(observe("late")).isEqualTo(new Observation.NotFound());
            assertThat(gateway().sample(cluster()).used()).isEqualTo(Resources.NONE);
        }

        @Test
        final void shouldTakeASubmissionThatComesAfterAMereLook() {
            assertThat(observe("looked-at")).isEqualTo(new Observation.NotFound());

            submit("looked-at", Program.RUN_ON);
        }
    }

    @Nested
    final class Sample {

        @Test
        final void shouldTellCapacityAndUse() {
            ClusterSample empty = gateway().sample(cluster());
            submit("a", Program.RUN_ON);
            awaitRunning("a");
            ClusterSample busy = gateway().sample(cluster());

            assertThat(empty.capacity()).isEqualTo(Resources.ofCores(4, 4096)).isEqualTo(busy.capacity());
            assertThat(empty.used()).isEqualTo(Resources.NONE);
            assertThat(busy.used()).isEqualTo(ONE_CORE);
            assertThat(busy.sampledAt()).isAfterOrEqualTo(empty.sampledAt());
        }

        @ParameterizedTest
        @EnumSource(names = {"METRICS_NAN", "METRICS_EMPTY", "ERROR_PAGE", "TRUNCATED"})
        final void shouldNeverMakeNumbersOfNonsense(Fault fault) {
            world.begin(fault);

            assertThat(failureOf(() -> gateway().sample(cluster())).kind()).isEqualTo(ClusterUnavailable.Kind.NONSENSE);
        }
    }

    @Nested
    final class Faults {

        @Test
        final void shouldSayNotSentWhenNothingListens() {
            world.begin(Fault.NO_CONNECTION);

            assertEveryCallFailsWith(ClusterUnavailable.Kind.NOT_SENT);
        }

        @Test
        final void shouldSayTimedOutWhenNoAnswerComes() {
            world.begin(Fault.NO_ANSWER);

            assertThat(failureOf(() -> submit("a", Program.SUCCEED)).kind())
                    .isEqualTo(ClusterUnavailable.Kind.TIMED_OUT);
            assertThat(failureOf(() -> observe("a")).kind()).isEqualTo(ClusterUnavailable.Kind.TIMED_OUT);
        }

        @Test
        final void shouldFindByItsKeyWhatWasSubmittedWhenTheReplyWasLost() {
            world.begin(Fault.LOST_REPLY);
            ClusterUnavailable failure = failureOf(() -> submit("a", Program.RUN_ON));
            world.heal();

            assertThat(failure.kind()).isNotEqualTo(ClusterUnavailable.Kind.NOT_SENT);
            assertThat(awaitRunning("a")).isInstanceOf(Observation.Running.class);
            assertThat(submit("a", Program.RUN_ON)).isInstanceOf(SubmitOutcome.Accepted.class);
            assertThat(gateway().sample(cluster()).used()).isEqualTo(ONE_CORE);
        }

        @ParameterizedTest
        @EnumSource(names = {"ERROR_PAGE", "TRUNCATED"})
        final void shouldSayNonsenseForAnswersThatAreNone(Fault fault) {
            world.begin(fault);

            assertEveryCallFailsWith(ClusterUnavailable.Kind.NONSENSE);
        }

        @Test
        final void shouldWorkAgainAfterTheFault() {
            world.begin(Fault.NO_CONNECTION);
            failureOf(() -> submit("a", Program.SUCCEED));
            world.heal();

            assertThat(observe("a")).isEqualTo(new Observation.NotFound());
            submit("a", Program.SUCCEED);
            assertThat(awaitEnd("a")).isInstanceOf(Observation.Succeeded.class);
        }

        private void assertEveryCallFailsWith(ClusterUnavailable.Kind kind) {
            assertThat(failureOf(() -> submit("a", Program.SUCCEED)).kind()).isEqualTo(kind);
            assertThat(failureOf(() -> observe("a")).kind()).isEqualTo(kind);
            assertThat(failureOf(() -> cancel("a")).kind()).isEqualTo(kind);
            assertThat(failureOf(() -> gateway().sample(cluster())).kind()).isEqualTo(kind);
        }
    }
}

package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.memory.InMemoryClusters.Fault;
import io.stepyard.core.memory.RunScript;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole lives of jobs through the shipped state machine and the real functions, on virtual time. */
class ShippedStateMachineTest {

    private static final int MAX_EVENTS = 25_000;
    private final VirtualSystem system = new VirtualSystem(PollPolicy.DEFAULT);

    @AfterEach
    void close() {
        assertThat(system.reserved()).as("the ledger when all is over (I-9)").isEqualTo(Resources.NONE);
        assertThat(system.clusters.live("zurich")).as("runs without a job (I-8)").isEmpty();
        system.close();
    }

    private List<String> states(String arn) {
        List<String> states = new ArrayList<>();
        for (HistoryEvent event : system.history(arn)) {
            if (event.type().awsName().endsWith("StateEntered")) {
                states.add(Objects.requireNonNull(event.details().text(Detail.NAME)));
            }
        }
        return states;
    }

    private ExecutionDescription ended(String arn, ExecutionStatus status) {
        ExecutionDescription description = system.describe(arn);
        assertThat(description.summary().status()).as("%s: %s", description.error(), description.cause())
                .isEqualTo(status);
        return description;
    }

    private void script(RunScript... attempts) {
        system.clusters.script(
                submission -> attempts[Math.min(submission.attempt(), attempts.length) - 1]);
    }

    @Test
    void shouldRunAJobToItsEnd() {
        script(RunScript.succeedingAfter(Duration.ofSeconds(40)));
        String arn = system.submit("a", "");
        system.minutes(2);

        assertThat(ended(arn, ExecutionStatus.SUCCEEDED).output()).contains("\"cluster\":\"zurich\"", "\"attempt\":1");
        assertThat(system.state("a")).isEqualTo(JobState.SUCCEEDED);
        assertThat(states(arn)).startsWith("JobQueueRequest", "StartJobRun", "GetJobStatus", "CheckJobStatus", "Wait")
                .endsWith("GetJobStatus", "CheckJobStatus", "JobSucceeded");
    }

    @Test
    void shouldFailWithTheClustersOwnErrorOutput() {
        script(RunScript.failingAfter(Duration.ofSeconds(5), 3, "access denied: /data/in"));
        String arn = system.submit("a", "");
        system.minutes(2);

        ExecutionDescription failed = ended(arn, ExecutionStatus.FAILED);
        assertThat(failed.error()).isEqualTo("USER_ERROR");
        assertThat(failed.cause()).contains("EXIT_3 on zurich").endsWith("access denied: /data/in");
        assertThat(system.state("a")).isEqualTo(JobState.FAILED);
    }

    @Test
    void shouldRetryThroughTheQueueWithItsBackoff() {
        script(RunScript.failingAfter(Duration.ofSeconds(5), 1, "once"),
                RunScript.failingAfter(Duration.ofSeconds(5), 1, "twice"),
                RunScript.succeedingAfter(Duration.ofSeconds(5)));
        String arn = system.submit("a", """
                ,"retry":{"maxAttempts":3,"backoff":"60s","backoffRate":3,"on":["USER_ERROR"]}""");
        system.minutes(10);

        ended(arn, ExecutionStatus.SUCCEEDED);
        JobRun run = system.run("a");
        assertThat(run.attempts()).hasSize(3);
        assertThat(pause(run, 0)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(100));
        assertThat(pause(run, 1)).isBetween(Duration.ofSeconds(180), Duration.ofSeconds(220));
        assertThat(states(arn)).filteredOn("JobQueueRequest"::equals).hasSize(3);
        assertThat(states(arn)).filteredOn("RetryBackoff"::equals).hasSize(2);
    }

    private static Duration pause(JobRun run, int attempt) {
        return Duration.between(Objects.requireNonNull(run.attempts().get(attempt).endedAt()),
                run.attempts().get(attempt + 1).grantedAt());
    }

    @Test
    void shouldEndAtTheTimeLimit() {
        script(RunScript.ENDLESS);
        String arn = system.submit("a", ",\"timeLimit\":\"90s\"");
        system.minutes(4);

        assertThat(ended(arn, ExecutionStatus.FAILED).error()).isEqualTo("TIME_LIMIT");
        assertThat(system.state("a")).isEqualTo(JobState.TIMED_OUT);
    }

    @Test
    void shouldEndAtOnceWithEveryFaultOfAJobThatIsRefused() {
        String arn = system.submit("a", ",\"priority\":-1,\"colour\":\"red\"");
        String large = system.submit("b", ",\"environment\":{},\"clusters\":[\"nowhere\"]");

        ExecutionDescription refused = ended(arn, ExecutionStatus.FAILED);
        assertThat(refused.error()).isEqualTo("JobRejected");
        assertThat(refused.cause()).contains("2 fault(s)", "/priority", "/colour");
        assertThat(ended(large, ExecutionStatus.FAILED).cause()).contains("nowhere", "zurich");
        assertThat(system.store.run("a")).isEmpty();
    }

    @Test
    void shouldEndWhenItIsCancelledWhileItWaitsAndWhileItRuns() {
        String running = system.submit("running", ",\"timeLimit\":\"10h\"");
        system.minutes(2);
        assertThat(system.state("running")).isEqualTo(JobState.RUNNING);
        system.store.commit(List.of(drained(true)));
        String waiting = system.submit("waiting", "");
        system.minutes(2);
        assertThat(system.state("waiting")).isEqualTo(JobState.QUEUED);

        system.cancel("waiting");
        system.cancel("running");
        system.minutes(2);

        for (String arn : List.of(running, waiting)) {
            ExecutionDescription cancelled = ended(arn, ExecutionStatus.FAILED);
            assertThat(cancelled.error()).isEqualTo("JobCancelled");
        }
        assertThat(ended(waiting, ExecutionStatus.FAILED).cause()).isEqualTo("wrong data");
        assertThat(system.state("running")).isEqualTo(JobState.CANCELLED);
        assertThat(system.state("waiting")).isEqualTo(JobState.CANCELLED);
    }

    private StoreWrite drained(boolean drained) {
        ClusterRecord now = system.store.cluster("zurich").orElseThrow();
        return new StoreWrite.ReplaceCluster(new ClusterRecord(now.name(), now.version() + 1,
                now.kind(), now.endpoint(), now.capacity(), now.labels(), drained, drained ? "disk swap" : null,
                now.reserved(), now.health()));
    }

    @Test
    void shouldKeepAJobThroughADayWithoutItsClusterAndGoOn() {
        script(RunScript.succeedingAfter(Duration.ofHours(30)));
        String arn = system.submit("a", ",\"timeLimit\":\"3d\"");
        system.minutes(5);
        assertThat(system.state("a")).isEqualTo(JobState.RUNNING);
        system.clusters.begin("zurich", Fault.DOWN);
        system.advance(Duration.ofDays(1), Duration.ofMinutes(1));
        assertThat(system.state("a")).isEqualTo(JobState.UNKNOWN);
        assertThat(system.describe(arn).summary().status()).isEqualTo(ExecutionStatus.RUNNING);

        system.clusters.heal("zurich");
        system.minutes(10);
        assertThat(system.state("a")).isEqualTo(JobState.RUNNING);
        system.advance(Duration.ofHours(7), Duration.ofMinutes(1));

        ended(arn, ExecutionStatus.SUCCEEDED);
        assertThat(system.clusters.starts("zurich", "a.1")).isEqualTo(1);
    }

    @Test
    void shouldKeepAJobWhoseClusterWentAwayBeforeItWasSeenRunning() {
        script(RunScript.succeedingAfter(Duration.ofMinutes(10)));
        system.minutes(1);
        // The submission arrives, its answer does not, and then nothing does.
        system.clusters.failNext("zurich", Fault.LOST_REPLY);
        String arn = system.submit("a", "");
        assertThat(system.state("a")).isEqualTo(JobState.STARTING);
        system.clusters.begin("zurich", Fault.DOWN);
        system.advance(Duration.ofDays(2), Duration.ofMinutes(1));
        assertThat(system.state("a")).isEqualTo(JobState.UNKNOWN);

        system.clusters.heal("zurich");
        system.advance(Duration.ofHours(1), Duration.ofSeconds(10));

        ended(arn, ExecutionStatus.SUCCEEDED);
        assertThat(system.history(arn).size()).as("two days, each look at 30 s would be 51,840").isLessThan(10_000);
    }

    @Test
    void shouldAskTheQueueAgainWhenItsGrantIsNotTheJobsOwnAnyMore() {
        script(RunScript.succeedingAfter(Duration.ofSeconds(10)));
        system.minutes(1);
        // Between the grant and its use the row says something else, as after a restore of an older backup of the table.
        system.onNextStart(() -> {
            JobRun run = system.run("a");
            Attempt attempt = run.attempts().getLast();
            Attempt other = new Attempt(attempt.number(), attempt.cluster(), attempt.resources(),
                    "e99-a1", 99, attempt.state(), attempt.grantedAt(), null, null, null, null);
            system.store.commit(List.of(new StoreWrite.ReplaceRun(new JobRun(run.jobId(), run.version() + 1,
                    run.spec(), run.state(), run.executionArn(), run.token(), run.submittedAt(), run.queuedAt(),
                    run.updatedAt(), null, List.of(other), null, run.events()))));
        });
        String arn = system.submit("a", "");
        system.minutes(2);

        ended(arn, ExecutionStatus.SUCCEEDED);
        assertThat(states(arn)).startsWith("JobQueueRequest", "StartJobRun", "JobQueueRequest", "StartJobRun",
                "GetJobStatus");
        assertThat(system.clusters.starts("zurich", "a.1")).isEqualTo(1);
    }

    @Test
    void shouldRepeatFunctionsThatFailAndStartNothingTwice() {
        script(RunScript.failingAfter(Duration.ofSeconds(10), 1, "boom"), RunScript.succeedingAfter(Duration.ZERO));
        system.minutes(1);
        system.failNext(3);
        String arn = system.submit("a", """
                ,"retry":{"maxAttempts":2,"backoff":"5s","on":["USER_ERROR"]}""");
        for (int round = 0; round < 40; round++) {
            system.advance(Duration.ofSeconds(10), Duration.ofSeconds(5));
            if (round % 4 == 0) {
                system.failNext(2);
            }
        }

        ended(arn, ExecutionStatus.SUCCEEDED);
        assertThat(system.clusters.starts("zurich", "a.1")).isEqualTo(1);
        assertThat(system.clusters.starts("zurich", "a.2")).isEqualTo(1);
        assertThat(system.history(arn)).filteredOn(event -> event.type().awsName().endsWith("Failed")).isNotEmpty();
        system.failNext(0);
    }

    @Test
    void shouldGiveTheJobUpWhenAFunctionFailsForGood() {
        script(RunScript.ENDLESS);
        system.minutes(1);
        String arn = system.submit("a", ",\"timeLimit\":\"10h\"");
        system.minutes(2);
        // GetJobStatus once and its repetitions.
        system.failNext(9);
        system.minutes(10);

        assertThat(ended(arn, ExecutionStatus.FAILED).error())
                .isEqualTo("io.stepyard.core.store.StoreUnavailable");
        assertThat(states(arn)).endsWith("GetJobStatus", "ReleaseJob", "JobFailed");
        assertThat(system.state("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldCancelTheJobOnItsClusterWhenItsExecutionIsStopped() {
        String arn = system.submit("a", ",\"timeLimit\":\"10h\"");
        system.minutes(2);
        assertThat(system.clusters.live("zurich")).containsExactly("a.1");

        system.engine.stopExecution(arn, "Stopped", "by hand");
        system.minutes(1);

        ended(arn, ExecutionStatus.ABORTED);
        assertThat(system.state("a")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void shouldStayBelow25000EventsOverAYearOfRunning() {
        assertYear("alone", new PollPolicy(Duration.ofSeconds(30), 0.005), 1);
    }

    @Test
    void shouldStayBelow25000EventsOverAYearEvenWithTheShortestWaitThereIs() {
        assertYear("alone, looked at each second", new PollPolicy(Duration.ofSeconds(1), 0.005), 1);
    }

    @Test
    void shouldStayBelow25000EventsOverAYearWithRetriesInBetween() {
        assertYear("in ten attempts, looked at each second", new PollPolicy(Duration.ofSeconds(1), 0.005), 10);
    }

    private static void assertYear(String how, PollPolicy polls, int attempts) {
        // The execution's own time-out is a year, with the 0.5 % in which the end of each attempt is seen.
        Duration each = Duration.ofDays(attempts == 1 ? 363 : 354).dividedBy(attempts);
        try (VirtualSystem year = new VirtualSystem(polls)) {
            year.clusters.script(submission -> submission.attempt() < attempts
                    ? RunScript.failingAfter(each, 1, "boom")
                    : RunScript.succeedingAfter(each));
            String arn = year.submit("year", """
                    ,"timeLimit":"365d","retry":{"maxAttempts":%d,"backoff":"1s","backoffRate":1,"on":["USER_ERROR"]}"""
                    .formatted(attempts));
            year.advance(Duration.ofDays(365), Duration.ofHours(1));

            assertThat(year.describe(arn).summary().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            List<HistoryEvent> history = year.history(arn);
            System.out.println("A job of one year " + how + ": " + history.size() + " events of " + MAX_EVENTS);
            assertThat(history.size()).isLessThan(MAX_EVENTS);
            Duration late = Duration.between(
                    Objects.requireNonNull(year.run("year").attempts().getLast().endedAt()),
                    history.getLast().timestamp());
            assertThat(late.toMillis()).isLessThanOrEqualTo(each.multipliedBy(attempts).toMillis() * 5 / 1_000 + 1_000);
        }
    }

    @Test
    void shouldSeeTheEndOfAShortJobWithinTheConfiguredWait() {
        script(RunScript.succeedingAfter(Duration.ofSeconds(100)));
        String arn = system.submit("a", "");
        system.minutes(3);

        assertThat(Duration.between(Objects.requireNonNull(system.run("a").attempts().getLast().endedAt()),
                system.history(arn).getLast().timestamp())).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
}

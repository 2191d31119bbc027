package io.stepyard.cli.submit;

import io.stepyard.cli.api.ApiRefusal;
import io.stepyard.cli.api.ApiUnreachable;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.service.YardFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of jobs. Asks the job API where there is one, and the execution where there is none or where the job is not
 * known yet. A service that does not answer says nothing about a job: waiting goes on for a while.
 */
final class Watch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** DescribeExecution refills at 15 calls a second in most regions, for all users of an account. */
    private static final Duration LONGEST_PAUSE_ON_AWS = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_SILENCE = Duration.ofSeconds(60);

    private final Executions executions;
    private final @Nullable JobApiClient api;
    private final Surroundings around;
    private final Duration longestPause;

    Watch(Executions executions, @Nullable JobApiClient api, Surroundings around) {
        this.executions = executions;
        this.api = api;
        this.around = around;
        this.longestPause = api == null ? LONGEST_PAUSE_ON_AWS : LONGEST_PAUSE;
    }

    /**
     * Returns when all jobs have ended or the time is over.
     *
     * @param arnByJob execution ARN by job id
     * @param timeout null for as long as it takes
     * @param onChange told each job's new state once
     * @throws YardFailure with {@link ExitCode#UNREACHABLE} when nobody has answered for a minute
     */
    Map<String, JobOutcome> untilEnded(Map<String, String> arnByJob, @Nullable Duration timeout,
            BiConsumer<String, JobOutcome> onChange) {
        Map<String, JobOutcome> outcomes = new LinkedHashMap<>();
        arnByJob.keySet().forEach(job -> outcomes.put(job, JobOutcome.submitted()));
        Instant begin = around.clock().instant();
        Instant lastAnswer = begin;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                ask(arnByJob, outcomes, onChange);
                lastAnswer = around.clock().instant();
            } catch (YardFailure silent) {
                if (silent.exitCode() != ExitCode.UNREACHABLE || Duration
                        .between(lastAnswer, around.clock().instant()).compareTo(PATIENCE_WITH_SILENCE) >= 0) {
                    throw silent;
                }
            }
            Instant now = around.clock().instant();
            boolean over = timeout != null && !now.isBefore(begin.plus(timeout));
            if (over || Thread.currentThread().isInterrupted()
                    || outcomes.values().stream().allMatch(JobOutcome::ended)) {
                return outcomes;
            }
            around.pause().pause(timeout == null ? pause : shorter(pause, Duration.between(now, begin.plus(timeout))));
            pause = shorter(pause.multipliedBy(3).dividedBy(2), longestPause);
        }
    }

    private void ask(Map<String, String> arnByJob, Map<String, JobOutcome> outcomes,
            BiConsumer<String, JobOutcome> onChange) {
        arnByJob.forEach((job, arn) -> {
            JobOutcome before = outcomes.getOrDefault(job, JobOutcome.submitted());
            if (before.ended()) {
                return;
            }
            JobOutcome now = outcome(job, arn);
            outcomes.put(job, now);
            if (!now.state().equals(before.state())) {
                onChange.accept(job, now);
            }
        });
    }

    private JobOutcome outcome(String job, String arn) {
        if (api != null) {
            try {
                return JobOutcome.of(api.job(job));
            } catch (ApiUnreachable silent) {
                return JobOutcome.of(executions.describe(arn));
            } catch (ApiRefusal refusal) {
                if (!refusal.isNotFound()) {
                    throw refusal;
                }
            }
        }
        return JobOutcome.of(executions.describe(arn));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

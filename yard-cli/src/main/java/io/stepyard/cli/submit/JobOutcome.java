package io.stepyard.cli.submit;

import io.stepyard.cli.api.FailureView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a submitted job stands, as far as can be seen.
 *
 * @param state a job state; SUBMITTED while the job manager has not told more; REFUSED when the queue did not take it
 * @param ended whether nothing more will happen
 * @param cluster null when it is not known
 * @param runSeconds null unless it has ended and ran
 * @param problem one sentence; null unless it went wrong
 * @param errorOutput end of its error output; null where there is none
 */
public record JobOutcome(String state, boolean ended, @Nullable String cluster, int attempts,
        @Nullable Double runSeconds, @Nullable String problem, @Nullable String errorOutput) {

    static final String SUBMITTED = "SUBMITTED";
    static final String REFUSED = "REFUSED";
    /** The state machine's error name for a job that the queue did not take. */
    static final String REJECTED_ERROR = "JobRejected";

    static JobOutcome submitted() {
        return new JobOutcome(SUBMITTED, false, null, 0, null, null, null);
    }

    static JobOutcome of(JobDetail job) {
        FailureView failure = job.wholeFailure();
        Double seconds = job.startedAt() == null || job.endedAt() == null
                ? null
                : Duration.between(job.startedAt(), job.endedAt()).toMillis() / 1000.0;
        return new JobOutcome(job.state().name(), job.state().isFinal(), job.cluster(), job.attemptsMade(), seconds,
                failure == null ? null : failure.failureClass() + ":" + failure.code() + " - " + failure.message(),
                failure == null ? null : failure.errorOutput());
    }

    static JobOutcome of(Executions.Execution execution) {
        String cause = execution.cause();
        return switch (execution.status()) {
            case RUNNING -> submitted();
            case SUCCEEDED -> new JobOutcome(JobState.SUCCEEDED.name(), true, null, 0, null, null, null);
            case TIMED_OUT -> new JobOutcome(JobState.TIMED_OUT.name(), true, null, 0, null,
                    "the execution timed out", null);
            case ABORTED -> new JobOutcome(JobState.CANCELLED.name(), true, null, 0, null,
                    cause == null ? "the execution was stopped" : cause, null);
            case FAILED -> new JobOutcome(
                    REJECTED_ERROR.equals(execution.error()) ? REFUSED : JobState.FAILED.name(), true, null, 0, null,
                    execution.error() + " - " + cause, null);
        };
    }

    int exitCode() {
        if (!ended) {
            return ExitCode.WAIT_TIMED_OUT;
        }
        return state.equals(JobState.SUCCEEDED.name())
                ? ExitCode.OK
                : state.equals(REFUSED) ? ExitCode.REFUSED : ExitCode.JOB_FAILED;
    }
}

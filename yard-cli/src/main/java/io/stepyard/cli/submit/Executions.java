package io.stepyard.cli.submit;

import org.jspecify.annotations.Nullable;

/**
 * Executions of the job manager. Starting is idempotent while an execution of that name with the same input runs.
 * Failures are {@link io.stepyard.cli.service.YardFailure}s.
 */
public interface Executions extends AutoCloseable {

    /** How an execution stands. */
    enum Status {
        RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED
    }

    /**
     * An execution's state.
     *
     * @param error the error's name; null unless it failed
     * @param cause the error's text; null unless it failed
     */
    record Execution(String arn, Status status, @Nullable String error, @Nullable String cause) {}

    /** @return the execution's ARN */
    String start(String name, String input);

    Execution describe(String arn);

    /** The execution of that name, which is the job's id. */
    Execution ofJob(String jobId);

    @Override
    void close();
}

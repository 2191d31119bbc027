package io.stepyard.cli.submit;

import io.stepyard.cli.service.Surroundings;
import org.jspecify.annotations.Nullable;

/** Starts one execution for a job. */
public final class Submitter {

    private final Executions executions;
    private final Surroundings around;

    public Submitter(Executions executions, Surroundings around) {
        this.executions = executions;
        this.around = around;
    }

    /** What was started: the job's id is the execution's name. */
    public record Submitted(String file, String jobId, String executionArn) {}

    /** @param chosenId the id that the user wants; null for a new one made from the job's name */
    public Submitted submit(JobFile job, @Nullable String chosenId) {
        String jobId = chosenId != null
                ? chosenId
                : JobIds.next(job.name(), around.clock().instant(), around.random());
        return new Submitted(job.label(), jobId, executions.start(jobId, job.json()));
    }
}

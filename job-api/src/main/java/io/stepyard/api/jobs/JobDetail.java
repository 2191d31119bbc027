package io.stepyard.api.jobs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stepyard.model.job.JobDocument;
import java.util.List;

/**
 * One job with everything that is known of it, but for its task token (I-13).
 *
 * @param job the job JSON, every default written out
 * @param attempts oldest first
 * @param reasons why it waits or is out of sight, the most telling first
 */
public record JobDetail(@JsonUnwrapped JobSummary summary, JobDocument job, String executionArn,
        List<AttemptView> attempts, List<ReasonView> reasons) {}

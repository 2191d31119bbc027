package io.stepyard.api.jobs;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.http.JsonBody;
import io.stepyard.core.job.SteerJob;
import io.stepyard.core.store.JobStore;
import io.stepyard.model.job.JobSpec;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Holds a waiting job, releases it, gives it another priority. Each may be asked twice. */
@RestController
@RequestMapping(path = "/v1/jobs/{jobId}", produces = "application/json")
public final class SteerController {

    private static final int MAX_REASON_LENGTH = 500;
    private static final String ACTOR = "user:api";

    private final JobStore store;
    private final SteerJob steer;
    private final JobReasons reasons;
    private final JsonMapper json;

    public SteerController(JobStore store, SteerJob steer, JobReasons reasons, JsonMapper json) {
        this.store = store;
        this.steer = steer;
        this.reasons = reasons;
        this.json = json;
    }

    @PostMapping("/hold")
    public JobSummary hold(@PathVariable String jobId, HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.read(request, json, Set.of("reason"));
        String reason = body.text("reason", MAX_REASON_LENGTH).orElse("held through the job API");
        JobController.find(store, jobId);
        return answer(jobId, steer.hold(jobId, ACTOR, reason), "be held");
    }

    @PostMapping("/release")
    public JobSummary release(@PathVariable String jobId, HttpServletRequest request) throws IOException {
        JsonBody.read(request, json, Set.of());
        JobController.find(store, jobId);
        return answer(jobId, steer.release(jobId, ACTOR), "be released");
    }

    @PostMapping("/priority")
    public JobSummary prioritise(@PathVariable String jobId, HttpServletRequest request) throws IOException {
        JsonBody body = JsonBody.read(request, json, Set.of("priority", "reason"));
        int priority = JsonBody.required(body.whole("priority", 0, JobSpec.MAX_PRIORITY),
                "priority as a whole number from 0 to " + JobSpec.MAX_PRIORITY);
        String reason = body.text("reason", MAX_REASON_LENGTH).orElse("");
        JobController.find(store, jobId);
        return answer(jobId, steer.prioritise(jobId, priority, ACTOR, reason), "get another priority");
    }

    private JobSummary answer(String jobId, Optional<SteerJob.Steered> steered, String wish) {
        SteerJob.Steered found = steered
                .orElseThrow(() -> ApiException.notFound("JOB_NOT_FOUND", "There is no job '" + jobId + "'."));
        if (!found.done()) {
            throw new ApiException(HttpStatus.CONFLICT, "JOB_NOT_WAITING", "Only a waiting job can " + wish + ": job '"
                    + jobId + "' is " + found.run().state() + ".");
        }
        return reasons.summary(found.run());
    }
}

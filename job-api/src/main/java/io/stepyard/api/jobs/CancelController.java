package io.stepyard.api.jobs;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.http.RequestBodies;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.model.lifecycle.JobState;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for the end of a job. */
@RestController
public final class CancelController {

    private static final int MAX_REASON_LENGTH = 500;
    private static final String DEFAULT_REASON = "cancelled through the job API";
    private static final String ACTOR = "user:api";

    private final JobStore store;
    private final CancelJob cancelJob;
    private final JsonMapper json;

    public CancelController(JobStore store, CancelJob cancelJob, JsonMapper json) {
        this.store = store;
        this.cancelJob = cancelJob;
        this.json = json;
    }

    @PostMapping(path = "/v1/jobs/{jobId}/cancel", produces = "application/json")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public JobSummary cancel(@PathVariable String jobId, HttpServletRequest request) throws IOException {
        String reason = reason(RequestBodies.json(request));
        JobController.find(store, jobId);
        JobRun run = cancelJob.cancel(jobId, ACTOR, reason)
                .orElseThrow(() -> ApiException.notFound("JOB_NOT_FOUND", "There is no job '" + jobId + "'."));
        if (run.state().isFinal() && run.state() != JobState.CANCELLED) {
            throw new ApiException(HttpStatus.CONFLICT, "JOB_ENDED",
                    "Job '" + jobId + "' has ended already: it is " + run.state() + ".");
        }
        return JobSummary.of(run, null);
    }

    private String reason(String body) {
        if (body.isBlank()) {
            return DEFAULT_REASON;
        }
        JsonNode node;
        try {
            node = json.readTree(body);
        } catch (JacksonException unreadable) {
            throw badBody("text that is no JSON");
        }
        if (!node.isObject()) {
            throw badBody("JSON that is no object");
        }
        for (String field : node.propertyNames()) {
            if (!field.equals("reason")) {
                throw badBody("the field '" + field.substring(0, Math.min(80, field.length())) + "'");
            }
        }
        JsonNode reason = node.path("reason");
        if (reason.isMissingNode() || reason.isNull()) {
            return DEFAULT_REASON;
        }
        if (!reason.isString() || reason.stringValue().isBlank()
                || reason.stringValue().length() > MAX_REASON_LENGTH) {
            throw badBody("another kind of reason");
        }
        return reason.stringValue().strip();
    }

    private static ApiException badBody(String found) {
        return new ApiException(HttpStatus.BAD_REQUEST, "BAD_JSON",
                "Expected {\"reason\": \"1 to " + MAX_REASON_LENGTH + " characters\"}, but found " + found + ".");
    }
}

package io.stepyard.api.jobs;

import io.stepyard.api.http.ApiException;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.Page;
import io.stepyard.core.store.RunQuery;
import io.stepyard.model.job.JobDocument;
import io.stepyard.model.job.JobId;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads jobs: newest first, one, and one's history. */
@RestController
@RequestMapping(path = "/v1/jobs", produces = "application/json")
public final class JobController {

    private final JobStore store;
    private final JobReasons reasons;

    public JobController(JobStore store, JobReasons reasons) {
        this.store = store;
        this.reasons = reasons;
    }

    /** A page of jobs, newest first. */
    public record JobList(List<JobSummary> items, @Nullable String nextCursor) {}

    /** One entry of a job's audit trail. */
    public record HistoryEntry(Instant at, String type, String actor, String detail) {}

    /** A job's audit trail, oldest first. */
    public record History(List<HistoryEntry> items) {}

    @GetMapping
    public JobList list(@RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String tenant, @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        RunQuery query = new RunQuery(states(state), tenant, limit(limit), cursor);
        Page<JobRun> page = page(query);
        return new JobList(page.items().stream().map(reasons::summary).toList(), page.nextCursor());
    }

    @GetMapping("/{jobId}")
    public JobDetail show(@PathVariable String jobId) {
        JobRun run = find(store, jobId);
        List<ReasonView> why = reasons.of(run);
        return new JobDetail(JobSummary.of(run, why.isEmpty() ? null : why.getFirst().line()),
                JobDocument.of(run.spec()), run.executionArn(),
                run.attempts().stream().map(AttemptView::of).toList(), why);
    }

    @GetMapping("/{jobId}/history")
    public History history(@PathVariable String jobId) {
        return new History(find(store, jobId).events().stream()
                .map(event -> new HistoryEntry(event.at(), event.type(), event.actor(), event.detail())).toList());
    }

    /** @throws ApiException 404 when there is no such job */
    static JobRun find(JobStore store, String jobId) {
        if (!JobId.isValid(jobId)) {
            throw ApiException.notFound("JOB_NOT_FOUND", "There is no such job: this is no job id.");
        }
        return store.run(jobId).orElseThrow(
                () -> ApiException.notFound("JOB_NOT_FOUND", "There is no job '" + jobId + "'."));
    }

    private Page<JobRun> page(RunQuery query) {
        try {
            return store.runs(query);
        } catch (IllegalArgumentException malformed) {
            if (query.cursor() == null) {
                throw malformed;
            }
            throw ApiException.badParameter("cursor", query.cursor(), "a nextCursor of an earlier page");
        }
    }

    private static int limit(int limit) {
        if (limit < 1 || limit > RunQuery.MAX_LIMIT) {
            throw ApiException.badParameter("limit", Integer.toString(limit), "1 to " + RunQuery.MAX_LIMIT);
        }
        return limit;
    }

    private static Set<JobState> states(@Nullable String text) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        if (text == null) {
            return states;
        }
        for (String word : text.split(",", -1)) {
            states.add(Arrays.stream(JobState.values()).filter(state -> state.name().equals(word)).findFirst()
                    .orElseThrow(() -> ApiException.badParameter("state", text,
                            "some of " + Arrays.toString(JobState.values()) + ", separated by commas")));
        }
        return states;
    }
}

package io.stepyard.api.jobs;

import io.stepyard.core.scheduling.ExplainQueue.Outlook;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.model.lifecycle.JobState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Explains one job: why it waits, what would change that, where it stands and when it would start. */
@RestController
public final class ExplainController {

    private final JobStore store;
    private final JobReasons reasons;
    private final CachedOutlook outlook;
    private final InstantSource clock;

    public ExplainController(JobStore store, JobReasons reasons, CachedOutlook outlook, InstantSource clock) {
        this.store = store;
        this.reasons = reasons;
        this.outlook = outlook;
        this.clock = clock;
    }

    /**
     * Everything that can be said of it.
     *
     * @param at the moment it holds for
     * @param cluster where it holds resources; null when it holds none
     * @param standing null when it is not ranked: it does not wait, is held, or waits too deep in the queue
     * @param start null likewise
     * @param reasons of every cluster, the most telling first; each says what would change it
     */
    public record ExplainView(String jobId, String name, String tenant, JobState state, Instant at,
            @Nullable String cluster, @Nullable StandingView standing, @Nullable StartView start,
            List<ReasonView> reasons) {}

    @GetMapping(path = "/v1/jobs/{jobId}/explain", produces = "application/json")
    public ExplainView explain(@PathVariable String jobId) {
        JobRun run = JobController.find(store, jobId);
        String cluster = run.liveAttempt().map(attempt -> attempt.cluster()).orElse(null);
        CachedOutlook.Now now = run.state() == JobState.QUEUED ? outlook.get() : null;
        Outlook mine = now == null || run.isHeld() ? null : now.outlook().get(jobId);
        return new ExplainView(jobId, run.spec().name(), run.spec().tenant(), run.state(),
                now == null ? clock.instant() : now.explanation().at(), cluster,
                mine == null || now == null ? null : StandingView.of(mine.standing(), now.outlook().size()),
                mine == null ? null : StartView.of(mine), reasons.of(run));
    }
}

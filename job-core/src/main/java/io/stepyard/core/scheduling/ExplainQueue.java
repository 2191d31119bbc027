package io.stepyard.core.scheduling;

import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.tenant.LiveTerms;
import io.stepyard.core.tenant.TenantLimits;
import io.stepyard.core.tenant.TenantsDesk;
import io.stepyard.core.tenant.UsageBook;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.scheduler.JobForecast;
import io.stepyard.scheduler.Pass;
import io.stepyard.scheduler.PassInput;
import io.stepyard.scheduler.PassResult;
import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.PlannedStart;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.Policies;
import io.stepyard.scheduler.QueueForecast;
import io.stepyard.scheduler.Reason;
import io.stepyard.scheduler.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says why each waiting job waits, where it stands and when it is to start: the same pass as the scheduler's over the stored state, without
 * any write or call to a cluster.
 */
public final class ExplainQueue {

    private static final String PROBE = "~test-only~";
    private static final String BY_QUOTA = "its tenant's quota holds it back; it can start once enough of what the tenant "
            + "runs has ended, or the quota is raised";
    private static final Duration TIMES_MAX_AGE = Duration.ofSeconds(30);

    private final JobStore store;
    private final ClusterStore clusters;
    private final Pass pass;
    private final SchedulerSettings settings;
    private final InstantSource clock;
    private final TenantsDesk tenants;
    private final UsageBook usage;
    private volatile @Nullable KnownTimes known;

    private record KnownTimes(Instant at, RunTimes times) {}

    public ExplainQueue(JobStore store, ClusterStore clusters, Pass pass, SchedulerSettings settings,
            InstantSource clock) {
        this.store = store;
        this.clusters = clusters;
        this.pass = pass;
        this.settings = settings;
        this.clock = clock;
        this.tenants = new TenantsDesk(store);
        this.usage = new UsageBook(store);
    }

    /**
     * The queue as it stands.
     *
     * @param waiting by priority, as far as a pass reads
     * @param placements jobs that the next pass would start
     * @param reasons for the others, the most telling first
     * @param seen what the pass saw
     */
    public record Explanation(Instant at, List<QueueRow> waiting, Map<String, Placement> placements,
            Map<String, List<Reason>> reasons, Seen seen) {

        public Explanation {
            waiting = List.copyOf(waiting);
            placements = Map.copyOf(placements);
            reasons = Map.copyOf(reasons);
        }
    }

    /** What a pass saw, in the store's form and in its own. */
    public record Seen(PassInputs.Stored stored, PassInput input) {}

    public Explanation explain() {
        return explain(seen(store.waiting(settings.depth()), clock.instant()));
    }

    private Explanation explain(Seen seen) {
        PassResult result = pass.run(seen.input());
        Map<String, Placement> placements = new HashMap<>();
        result.placements().forEach(placement -> placements.put(placement.jobId(), placement));
        return new Explanation(seen.input().now(), seen.stored().waiting(), placements, result.reasons(), seen);
    }

    private Seen seen(List<QueueRow> waiting, Instant now) {
        List<JobRun> live = store.liveRuns();
        PassInputs.Stored stored = new PassInputs.Stored(waiting, live, clusters.clusters());
        TenantLimits.Table table = tenants.table();
        PassTerms terms = LiveTerms.of(table, usage.upTo(now, live), waiting, live, stored.clusters(), now);
        return new Seen(stored, PassInputs.of(stored, terms, RunTimes.UNKNOWN, settings.sampleMaxAge(), now));
    }

    /**
     * Where a waiting job stands and when it would start.
     *
     * @param standing its rank and the factors behind it, and the planned start by time limits, which nobody delays
     * @param expected when it would start if jobs ran as long as similar ones did; null when nothing known lets it start
     * @param expectedBasis what the expected start rests on, or why there is none
     */
    public record Outlook(JobForecast standing, @Nullable PlannedStart expected, String expectedBasis) {}

    /** All waiting jobs but the held ones, in the order of the policy, as far as the explanation reaches. */
    public Map<String, Outlook> outlook(Explanation explanation) {
        QueueForecast forecast = new QueueForecast(Policies.policy(settings.policy()), settings.depth());
        Seen seen = explanation.seen();
        RunTimes times = times();
        PassInput predicted = PassInputs.of(seen.stored(), seen.input().terms(), times, settings.sampleMaxAge(),
                explanation.at());
        Map<String, JobForecast> byPrediction = new HashMap<>();
        forecast.of(predicted).forEach(job -> byPrediction.put(job.jobId(), job));
        Map<String, JobSpec> specs = new HashMap<>();
        explanation.waiting().forEach(row -> specs.put(row.jobId(), row.spec()));
        Map<String, Outlook> outlooks = new LinkedHashMap<>();
        for (JobForecast standing : forecast.of(seen.input())) {
            JobForecast expected = byPrediction.getOrDefault(standing.jobId(), standing);
            JobSpec spec = specs.get(standing.jobId());
            outlooks.put(standing.jobId(), outlook(explanation, standing, expected,
                    spec != null && times.of(spec).isPresent()));
        }
        return Collections.unmodifiableMap(outlooks);
    }

    private static Outlook outlook(Explanation explanation, JobForecast standing, JobForecast expected,
            boolean isPredicted) {
        boolean byQuota = explanation.reasons().getOrDefault(standing.jobId(), List.of()).stream()
                .anyMatch(reason -> reason.cluster() == null && (reason.code() == ReasonCode.QUOTA
                        || reason.code() == ReasonCode.TOO_LARGE));
        if (byQuota) {
            // The forecast knows room and nothing of quotas: it would promise a moment at which the tenant may not start it.
            return new Outlook(unplanned(standing), null, BY_QUOTA);
        }
        PlannedStart planned = standing.plannedStart();
        PlannedStart start = expected.plannedStart();
        boolean startsNow = explanation.placements().containsKey(standing.jobId());
        // The pass goes by time limits: what it says comes before what a prediction would have it say.
        if (start == null || startsNow || !start.at().isAfter(explanation.at())
                || (planned != null && start.at().isAfter(planned.at()))) {
            return new Outlook(standing, planned, standing.basis());
        }
        boolean differs = planned == null || !start.at().equals(planned.at());
        return new Outlook(standing, start, differs || isPredicted
                ? "if jobs run as long as the last two of their tenant and name did, others to their time limit, and no "
                        + "job that comes first is submitted meanwhile"
                : standing.basis());
    }

    private static JobForecast unplanned(JobForecast job) {
        return new JobForecast(job.jobId(), job.rank(), job.tier(), job.score(), job.priority(), job.waited(),
                job.expansion(), job.fairShare(), null, BY_QUOTA);
    }

    /** Where a job of this spec would start if it were submitted now, or why it would not. */
    public record Test(Optional<Placement> placement, List<Reason> reasons, Optional<Outlook> outlook, int waiting) {}

    public Test test(JobSpec spec) {
        Instant now = clock.instant();
        List<QueueRow> waiting = new ArrayList<>(store.waiting(settings.depth()));
        waiting.add(new QueueRow(PROBE, spec.priority(), now, 0, spec, null));
        Explanation explained = explain(seen(waiting, now));
        return new Test(Optional.ofNullable(explained.placements().get(PROBE)),
                explained.reasons().getOrDefault(PROBE, List.of()), Optional.ofNullable(outlook(explained).get(PROBE)),
                waiting.size() - 1);
    }

    private RunTimes times() {
        if (settings.prediction() == SchedulerSettings.Prediction.LIMIT) {
            return RunTimes.UNKNOWN;
        }
        Instant now = clock.instant();
        KnownTimes last = known;
        if (last == null || now.isBefore(last.at()) || !now.isBefore(last.at().plus(TIMES_MAX_AGE))) {
            last = new KnownTimes(now, RunTimes.of(store
                    .runs(new RunQuery(Set.of(JobState.SUCCEEDED), null, RunQuery.MAX_LIMIT, null)).items()));
            known = last;
        }
        return last.times();
    }
}

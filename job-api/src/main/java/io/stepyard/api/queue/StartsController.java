package io.stepyard.api.queue;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.jobs.CachedOutlook;
import io.stepyard.api.jobs.ReasonView;
import io.stepyard.api.jobs.StandingView;
import io.stepyard.api.jobs.StartView;
import io.stepyard.core.scheduling.ExplainQueue.Outlook;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When waiting jobs would start, in the order of the policy. */
@RestController
public final class StartsController {

    private final CachedOutlook outlook;

    public StartsController(CachedOutlook outlook) {
        this.outlook = outlook;
    }

    /**
     * One waiting job.
     *
     * @param standing null when it is held
     * @param start null when it is held
     * @param reason the most telling one, as lists show it; null when the next pass starts it
     */
    public record WaitingView(String jobId, String name, String tenant, int priority, Instant queuedAt,
            @Nullable StandingView standing, @Nullable StartView start, @Nullable String reason) {}

    /** All waiting jobs as far as a pass reads: ranked ones first, held ones last. */
    public record Starts(Instant at, List<WaitingView> items) {}

    @GetMapping(path = "/v1/queue/starts", produces = "application/json")
    public Starts starts(@RequestParam(defaultValue = "1000") int limit) {
        if (limit < 1 || limit > RunQuery.MAX_LIMIT) {
            throw ApiException.badParameter("limit", Integer.toString(limit), "1 to " + RunQuery.MAX_LIMIT);
        }
        CachedOutlook.Now now = outlook.get();
        Map<String, QueueRow> rows = new HashMap<>();
        now.explanation().waiting().forEach(row -> rows.put(row.jobId(), row));
        Stream<QueueRow> ranked = now.outlook().keySet().stream().map(rows::get).filter(Objects::nonNull);
        Stream<QueueRow> others = now.explanation().waiting().stream()
                .filter(row -> !now.outlook().containsKey(row.jobId()));
        return new Starts(now.explanation().at(),
                Stream.concat(ranked, others).limit(limit).map(row -> view(row, now)).toList());
    }

    private static WaitingView view(QueueRow row, CachedOutlook.Now now) {
        Outlook mine = now.outlook().get(row.jobId());
        String reason = now.explanation().reasons().getOrDefault(row.jobId(), List.of()).stream().findFirst()
                .map(first -> ReasonView.of(first).line()).orElse(null);
        return new WaitingView(row.jobId(), row.spec().name(), row.spec().tenant(), row.priority(), row.enqueuedAt(),
                mine == null ? null : StandingView.of(mine.standing(), now.outlook().size()),
                mine == null ? null : StartView.of(mine), reason);
    }
}

package io.stepyard.api.queue;

import io.stepyard.api.http.ApiException;
import io.stepyard.api.jobs.JobReasons;
import io.stepyard.api.jobs.JobSummary;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.store.RunQuery;
import io.stepyard.model.lifecycle.JobState;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the queue: what holds resources first, then what waits, in queue order, then what pauses before its next attempt. */
@RestController
public final class QueueController {

    private static final Comparator<JobRun> LIVE_ORDER = Comparator
            .comparing((JobRun run) -> run.state() != JobState.RUNNING)
            .thenComparing(run -> run.latestAttempt().map(attempt -> attempt.grantedAt()).orElse(run.queuedAt()))
            .thenComparing(JobRun::jobId);

    private final JobStore store;
    private final JobReasons reasons;

    public QueueController(JobStore store, JobReasons reasons) {
        this.store = store;
        this.reasons = reasons;
    }

    /**
     * The queue.
     *
     * @param counts how many jobs there are in each state, ended ones included; states without jobs are 0
     */
    public record Queue(List<JobSummary> items, Map<JobState, Long> counts) {}

    @GetMapping(path = "/v1/queue", produces = "application/json")
    public Queue queue(@RequestParam(defaultValue = "1000") int limit) {
        if (limit < 1 || limit > RunQuery.MAX_LIMIT) {
            throw ApiException.badParameter("limit", Integer.toString(limit), "1 to " + RunQuery.MAX_LIMIT);
        }
        Stream<JobRun> live = store.liveRuns().stream().sorted(LIVE_ORDER);
        Stream<JobRun> ordered = Stream.concat(live, Stream.concat(waiting(limit), pausing(limit)));
        // A job may move from one list to another while they are read: it is shown once.
        Map<String, JobRun> once = ordered
                .collect(Collectors.toMap(JobRun::jobId, Function.identity(), (first, second) -> first,
                        LinkedHashMap::new));
        return new Queue(once.values().stream().limit(limit).map(reasons::summary).toList(), counts());
    }

    private Stream<JobRun> waiting(int limit) {
        // One list of rows gives the order and one list of runs most of what is shown; single reads fill the gaps.
        Map<String, JobRun> runs = store.runs(new RunQuery(Set.of(JobState.QUEUED), null, limit, null)).items().stream()
                .collect(Collectors.toMap(JobRun::jobId, Function.identity(), (first, second) -> first));
        return store.waiting(limit).stream()
                .map(row -> Optional.ofNullable(runs.get(row.jobId())).or(() -> store.run(row.jobId())))
                .flatMap(Optional::stream).filter(run -> run.state() == JobState.QUEUED);
    }

    private Stream<JobRun> pausing(int limit) {
        return store.runs(new RunQuery(EnumSet.of(JobState.BACKOFF), null, limit, null)).items().stream();
    }

    private Map<JobState, Long> counts() {
        Map<JobState, Long> counts = new TreeMap<>(store.countByState());
        for (JobState state : JobState.values()) {
            counts.putIfAbsent(state, 0L);
        }
        return counts;
    }
}

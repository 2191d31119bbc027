package io.stepyard.core.scheduling;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long jobs are expected to run: the mean of the last two successful runs of the same tenant's jobs of the same name, and never more
 * than the time limit. It moves expected starts and ends no job.
 */
public final class RunTimes {

    public static final RunTimes UNKNOWN = new RunTimes(Map.of());

    /** What is added, one after the other, once a run has outlived its prediction. */
    private static final List<Duration> STEPS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2),
            Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(20), Duration.ofHours(50),
            Duration.ofHours(100));

    private record Kind(String tenant, String name) {

        static Kind of(JobSpec spec) {
            return new Kind(spec.tenant(), spec.name());
        }
    }

    private final Map<Kind, Duration> means;

    private RunTimes(Map<Kind, Duration> means) {
        this.means = means;
    }

    /** @param ended jobs in any order; only successful ones count */
    public static RunTimes of(List<JobRun> ended) {
        Map<Kind, Duration> last = new HashMap<>();
        Map<Kind, Duration> means = new HashMap<>();
        ended.stream().filter(run -> run.state() == JobState.SUCCEEDED)
                .sorted(Comparator.comparing(RunTimes::ended).thenComparing(JobRun::jobId).reversed())
                .forEach(run -> ranFor(run).ifPresent(time -> {
                    Kind kind = Kind.of(run.spec());
                    Duration before = last.putIfAbsent(kind, time);
                    if (before != null) {
                        means.putIfAbsent(kind, before.plus(time).dividedBy(2));
                    }
                }));
        return new RunTimes(Map.copyOf(means));
    }

    private static Instant ended(JobRun run) {
        Instant ended = run.endedAt();
        return ended == null ? run.updatedAt() : ended;
    }

    private static Optional<Duration> ranFor(JobRun run) {
        return run.latestAttempt().flatMap(attempt -> {
            Instant from = attempt.startedAt();
            Instant to = attempt.endedAt();
            return from == null || to == null || !from.isBefore(to)
                    ? Optional.empty()
                    : Optional.of(Duration.between(from, to));
        });
    }

    /** Empty when fewer than two similar jobs have run. */
    public Optional<Duration> of(JobSpec spec) {
        return Optional.ofNullable(means.get(Kind.of(spec)))
                .map(mean -> mean.compareTo(spec.timeLimit()) > 0 ? spec.timeLimit() : mean);
    }

    /** When a live attempt is expected to end; a prediction that has passed is moved on by steps, up to the time limit. */
    Instant endOf(JobRun run, Attempt attempt, Instant now) {
        Instant started = attempt.startedAt();
        Instant from = started == null ? now : started;
        Instant byLimit = from.plus(run.spec().timeLimit());
        Optional<Duration> expected = of(run.spec());
        if (expected.isEmpty()) {
            return byLimit;
        }
        Instant first = from.plus(expected.get());
        if (first.isAfter(now)) {
            return first;
        }
        return STEPS.stream().map(first::plus).filter(end -> end.isAfter(now)).findFirst()
                .filter(end -> end.isBefore(byLimit)).orElse(byLimit);
    }
}

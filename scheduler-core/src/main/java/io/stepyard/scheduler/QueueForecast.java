package io.stepyard.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Foretells when waiting jobs start: what the next pass would start, and for the rest, in queue order, the earliest
 * start that delays nobody before them, as if every running job used its whole expected time and nothing new came.
 */
public final class QueueForecast {

    private static final String NOW = "it starts in the next pass";
    private static final String LATER = "if running jobs use their whole expected time and no job that comes first is "
            + "submitted meanwhile";

    private final Policy policy;
    private final int depth;

    /** @param depth waiting jobs that get a planned start, 1 or more */
    public QueueForecast(Policy policy, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("Expected a depth of 1 or more, but found " + depth);
        }
        this.policy = policy;
        this.depth = depth;
    }

    /** Every waiting job that is neither held nor running already, in queue order. */
    public List<JobForecast> of(PassInput input) {
        LiveQueue queue = QueueOfInput.of(policy, input).queue();
        long now = input.now().toEpochMilli();
        Rater rater = queue.rater(policy.order(), now);
        List<Ranking.Ranked> ranked = Ranking.jobs(queue, rater, Integer.MAX_VALUE);
        List<JobForecast> standings = new ArrayList<>(ranked.size());
        for (Ranking.Ranked one : ranked) {
            rater.rate(one.group(), one.job());
            standings.add(standing(one, standings.size() + 1, rater.standing()));
        }
        Map<String, PlannedStart> starts = new HashMap<>();
        for (Placement placement : queue.pass(input.now())) {
            starts.put(placement.jobId(), new PlannedStart(placement.jobId(), placement.cluster(), input.now()));
        }
        Set<String> placed = Set.copyOf(starts.keySet());
        plan(queue, ranked, starts, now);
        List<JobForecast> forecasts = new ArrayList<>(standings.size());
        for (JobForecast standing : standings) {
            PlannedStart start = starts.get(standing.jobId());
            String basis = placed.contains(standing.jobId()) ? NOW : basis(start, standing.rank());
            forecasts.add(with(standing, start, basis));
        }
        return forecasts;
    }

    private void plan(LiveQueue queue, List<Ranking.Ranked> ranked, Map<String, PlannedStart> starts, long now) {
        List<Profile> profiles = queue.clusters().byName().stream()
                .map(cluster -> new Profile(cluster, queue.windows(), now)).toList();
        for (Ranking.Ranked one : ranked.subList(0, Math.min(depth, ranked.size()))) {
            if (!starts.containsKey(one.job().jobId())) {
                PlannedStart start = plan(queue, one, profiles);
                if (start != null) {
                    starts.put(start.jobId(), start);
                }
            }
        }
    }

    private static @Nullable PlannedStart plan(LiveQueue queue, Ranking.Ranked one, List<Profile> profiles) {
        JobGroup group = one.group();
        Profile best = null;
        long bestStart = Profile.NEVER;
        for (int index : queue.clusters().openTo(group.shape)) {
            long start = profiles.get(index).earliest(group.need, group.runMillis, group.limitMillis);
            if (start < bestStart) {
                best = profiles.get(index);
                bestStart = start;
            }
        }
        if (best == null) {
            return null;
        }
        best.reserve(group.need, bestStart, group.runMillis);
        return new PlannedStart(one.job().jobId(), best.cluster().name(), Instant.ofEpochMilli(bestStart));
    }

    private static JobForecast standing(Ranking.Ranked one, int rank, Standing standing) {
        double expansion = (standing.waitSeconds() + standing.runSeconds()) / standing.runSeconds();
        return new JobForecast(one.job().jobId(), rank, one.tier(), one.score(), one.job().priority(),
                Duration.ofMillis(Math.round(standing.waitSeconds() * 1000)), expansion, standing.fairShare(), null,
                "");
    }

    private static JobForecast with(JobForecast standing, @Nullable PlannedStart start, String basis) {
        return new JobForecast(standing.jobId(), standing.rank(), standing.tier(), standing.score(),
                standing.priority(), standing.waited(), standing.expansion(), standing.fairShare(), start, basis);
    }

    private String basis(@Nullable PlannedStart start, int rank) {
        if (start != null) {
            return LATER;
        }
        return rank > depth
                ? "only the first " + depth + " jobs are planned"
                : "no known end of a running job lets it start on any cluster it may use";
    }
}

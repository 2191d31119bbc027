package io.stepyard.scheduler;

import io.stepyard.scheduler.ReasonCode.Category;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says of every job left in the queue why it was not placed.
 *
 * <p>The clusters nearest to taking the job come first (only room is missing, then the cluster's own state, then what is
 * written in the job or the registration); within one cluster configuration faults come before capacity.
 */
final class Explanation {

    private final LiveQueue queue;
    private final PassRun run;
    private final int depth;
    private final ClusterReasons clusterReasons;
    private final Map<JobGroup, List<Reason>> known = new HashMap<>();
    private final Map<String, PlannedStart> planned = new HashMap<>();

    Explanation(LiveQueue queue, PassRun run, Instant now, int depth) {
        this.queue = queue;
        this.run = run;
        this.depth = depth;
        this.clusterReasons = new ClusterReasons(queue, run.reservation(), now);
        run.plannedStarts().forEach(start -> planned.put(start.jobId(), start));
    }

    void explainInto(Map<String, List<Reason>> reasons) {
        List<Ranking.Ranked> left = Ranking.jobs(queue, run.rater(), Integer.MAX_VALUE);
        int position = 0;
        for (Ranking.Ranked ranked : left) {
            PlannedStart start = planned.get(ranked.job().jobId());
            boolean unexamined = queue.policy().reserving() == Policy.Reserving.CONSERVATIVE
                    && position++ >= queue.policy().depth();
            if (unexamined) {
                reasons.put(ranked.job().jobId(), notExamined());
            } else if (start != null) {
                reasons.put(ranked.job().jobId(), explain(ranked.group(), start));
            } else {
                List<Reason> shared = known.get(ranked.group());
                if (shared == null) {
                    shared = known.size() < depth ? explain(ranked.group(), null) : brief(ranked.group());
                    known.put(ranked.group(), shared);
                }
                reasons.put(ranked.job().jobId(), shared);
            }
        }
    }

    private List<Reason> explain(JobGroup group, @Nullable PlannedStart start) {
        if (queue.clusters().byName().isEmpty()) {
            return List.of(new Reason(null, ReasonCode.NO_CLUSTERS,
                    "no cluster is registered; register one and the job is considered in the next pass"));
        }
        Reason quota = clusterReasons.quota(group);
        Map<Category, List<Reason>> nearestFirst = new TreeMap<>(Comparator.reverseOrder());
        for (ClusterState cluster : queue.clusters().byName()) {
            List<Reason> here = clusterReasons.on(cluster, group, start, quota == null);
            here.stream().map(reason -> reason.code().kind()).min(Comparator.naturalOrder()).ifPresent(
                    worst -> nearestFirst.computeIfAbsent(worst, _ -> new ArrayList<>()).addAll(here));
        }
        List<Reason> all = new ArrayList<>();
        if (quota != null) {
            all.add(quota);
        }
        nearestFirst.values().forEach(all::addAll);
        if (all.isEmpty()) {
            throw new IllegalStateException("A job that could start was left unplaced: " + group.first().jobId());
        }
        return List.copyOf(all);
    }

    /** Without a look at single clusters, for jobs so deep in the queue that nobody reads more. */
    private List<Reason> brief(JobGroup group) {
        return List.of(new Reason(null, ReasonCode.RESOURCES, "no cluster the job may use can start it now ("
                + group.shape.demand.resources() + "); it stands too deep in the queue for a word on every cluster"));
    }

    private List<Reason> notExamined() {
        return List.of(new Reason(null, ReasonCode.NOT_EXAMINED, "the pass plans the first " + queue.policy().depth()
                + " jobs and this one stands behind them; it is considered once they have started"));
    }
}

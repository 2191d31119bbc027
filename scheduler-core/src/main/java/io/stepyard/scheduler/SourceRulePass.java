package io.stepyard.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source rule (A24, A27): highest priority first; if the job fits, allocate and go on; what does not fit stays and
 * the next one is looked at, so one job never blocks the rest (A30).
 *
 * <p>Within a pass room only shrinks. A demand that fitted nowhere once is therefore not tried again, and a pass costs
 * the sort, one lookup for each job and one search of the clusters for each job started or each distinct demand.
 */
final class SourceRulePass implements Pass {

    static final Comparator<WaitingJob> ORDER = Comparator.comparingInt(WaitingJob::priority).reversed()
            .thenComparing(WaitingJob::enqueuedAt).thenComparing(WaitingJob::jobId);

    private final ClusterChoice choice;
    private final int reasonDepth;

    /** @param reasonDepth distinct demands that are explained cluster by cluster; those behind get one sentence */
    SourceRulePass(ClusterChoice choice, int reasonDepth) {
        this.choice = choice;
        this.reasonDepth = reasonDepth;
    }

    @Override
    public PassResult run(PassInput input) {
        List<WaitingJob> queue = new ArrayList<>(input.waiting());
        queue.sort(ORDER);
        List<ClusterState> clusters = input.clusters().stream().sorted(Comparator.comparing(ClusterSnapshot::name))
                .map(ClusterState::new).toList();
        Set<String> running = new HashSet<>();
        input.running().forEach(job -> running.add(job.jobId()));
        List<Placement> placements = new ArrayList<>();
        List<WaitingJob> left = place(queue, clusters, running, placements);
        return new PassResult(placements, explain(input, clusters, left, running));
    }

    private List<WaitingJob> place(List<WaitingJob> queue, List<ClusterState> clusters, Set<String> running,
            List<Placement> placements) {
        List<WaitingJob> left = new ArrayList<>();
        Set<Demand> fitsNowhere = new HashSet<>();
        Set<String> placed = new HashSet<>();
        for (WaitingJob job : queue) {
            if (placed.contains(job.jobId())) {
                continue;
            }
            if (running.contains(job.jobId())) {
                left.add(job);
                continue;
            }
            Demand demand = Demand.of(job);
            ClusterState cluster = fitsNowhere.contains(demand) ? null : choose(clusters, demand);
            if (cluster == null) {
                fitsNowhere.add(demand);
                left.add(job);
            } else {
                cluster.take(job.resources());
                placed.add(job.jobId());
                placements.add(new Placement(job.jobId(), cluster.name(), job.resources()));
            }
        }
        return left;
    }

    private @Nullable ClusterState choose(List<ClusterState> clusters, Demand demand) {
        ClusterState best = null;
        double bestScore = 0;
        for (ClusterState cluster : clusters) {
            if (cluster.takesNow(demand)) {
                double score = choice.score(cluster, demand.resources());
                if (best == null || score < bestScore) {
                    best = cluster;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    private Map<String, List<Reason>> explain(PassInput input, List<ClusterState> clusters, List<WaitingJob> left,
            Set<String> running) {
        Map<String, List<RunningJob>> byCluster = new HashMap<>();
        for (RunningJob job : input.running()) {
            byCluster.computeIfAbsent(job.cluster(), _ -> new ArrayList<>()).add(job);
        }
        Map<String, Releases> releases = new HashMap<>();
        byCluster.forEach((cluster, jobs) -> releases.put(cluster, new Releases(jobs)));
        Explainer explainer = new Explainer(clusters, releases, input.now());
        Map<Demand, List<Reason>> explained = new HashMap<>();
        Map<String, List<Reason>> reasons = LinkedHashMap.newLinkedHashMap(left.size());
        for (WaitingJob job : left) {
            reasons.put(job.jobId(), running.contains(job.jobId())
                    ? List.of(new Reason(null, ReasonCode.ALREADY_RUNNING,
                            "the job holds resources already; its queue entry goes once that run is settled"))
                    : explained.computeIfAbsent(Demand.of(job), demand -> explained.size() < reasonDepth
                            ? explainer.explain(demand)
                            : Explainer.brief(demand)));
        }
        return reasons;
    }
}

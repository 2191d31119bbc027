package io.stepyard.benchmarks.scheduling;

import com.netflix.fenzo.TaskRequest;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.ClusterSnapshot;
import io.stepyard.scheduler.PassTerms;
import io.stepyard.scheduler.LiveQueue;
import io.stepyard.scheduler.Placement;
import io.stepyard.scheduler.Policies;
import io.stepyard.scheduler.WaitingJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well one pass fills unlike clusters, beside Fenzo's best-fit rule on the same queue.
 *
 * @param prefix jobs placed before the first one that was passed, over all jobs; jobs that no cluster could ever take are
 *        not in the queue
 * @param utilisation cores given away over cores there are
 */
public record PlacementQuality(double prefix, double utilisation) {

    /** Ours by the source rule, which like Fenzo's has no planned starts. */
    public static PlacementQuality ours(List<ClusterSnapshot> clusters, List<WaitingJob> inOrder) {
        LiveQueue queue = new LiveQueue(Policies.policy(Policies.SOURCE), PassTerms.NONE);
        clusters.forEach(queue::cluster);
        inOrder.forEach(queue::add);
        Map<String, String> placed = new HashMap<>();
        for (Placement placement : queue.pass(Workload.NOW)) {
            placed.put(placement.jobId(), placement.cluster());
        }
        return of(clusters, inOrder, placed);
    }

    public static PlacementQuality fenzos(List<ClusterSnapshot> clusters, List<WaitingJob> inOrder) {
        try (FenzoSide fenzo = new FenzoSide()) {
            List<TaskRequest> tasks = FenzoSide.tasks(inOrder);
            return of(clusters, inOrder, fenzo.place(tasks, FenzoSide.hosts(clusters)));
        }
    }

    private static PlacementQuality of(List<ClusterSnapshot> clusters, List<WaitingJob> inOrder,
            Map<String, String> placed) {
        Map<String, Resources> used = new HashMap<>();
        long cores = 0;
        int prefix = 0;
        boolean unbroken = true;
        for (WaitingJob job : inOrder) {
            String cluster = placed.get(job.jobId());
            unbroken &= cluster != null;
            prefix += unbroken ? 1 : 0;
            if (cluster != null) {
                used.merge(cluster, job.resources(), Resources::plus);
                cores += job.resources().cpuMillicores();
            }
        }
        long all = 0;
        for (ClusterSnapshot cluster : clusters) {
            all += cluster.capacity().cpuMillicores();
            if (!used.getOrDefault(cluster.name(), Resources.NONE).fitsWithin(cluster.capacity())) {
                throw new IllegalStateException("Expected placements within " + cluster + ", but found " + used);
            }
        }
        return new PlacementQuality((double) prefix / inOrder.size(), (double) cores / all);
    }

    /** Whether this is nowhere below another, but for rounding. */
    public boolean isAtLeast(PlacementQuality other) {
        return prefix >= other.prefix - 1e-9 && utilisation >= other.utilisation - 1e-9;
    }
}

package io.stepyard.api.clusters;

import io.stepyard.api.http.ApiException;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the registered clusters. */
@RestController
@RequestMapping(path = "/v1/clusters", produces = "application/json")
public final class ClusterController {

    private final ClusterStore clusters;
    private final JobStore jobs;
    private final InstantSource clock;

    public ClusterController(ClusterStore clusters, JobStore jobs, InstantSource clock) {
        this.clusters = clusters;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** All clusters, by name. */
    public record ClusterList(List<ClusterView> items) {}

    @GetMapping
    public ClusterList list() {
        Map<String, Long> live = liveJobs();
        return new ClusterList(clusters.clusters().stream()
                .map(cluster -> ClusterView.of(cluster, live.getOrDefault(cluster.name(), 0L), clock.instant()))
                .toList());
    }

    @GetMapping("/{name}")
    public ClusterView show(@PathVariable String name) {
        return clusters.cluster(name)
                .map(cluster -> ClusterView.of(cluster, liveJobs().getOrDefault(cluster.name(), 0L), clock.instant()))
                .orElseThrow(() -> ApiException.notFound("CLUSTER_NOT_FOUND",
                        "There is no cluster of this name; GET /v1/clusters lists them."));
    }

    private Map<String, Long> liveJobs() {
        return jobs.liveRuns().stream().map(JobRun::liveAttempt).flatMap(attempt -> attempt.stream())
                .collect(Collectors.groupingBy(attempt -> attempt.cluster(), Collectors.counting()));
    }
}

package io.stepyard.api.jobs;

import io.stepyard.api.http.RequestBodies;
import io.stepyard.core.job.Fault;
import io.stepyard.core.job.Fit;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.model.job.JobSpec;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries a job out: its faults, where it fits, and whether it would start now. Nothing is queued. */
@RestController
public final class TrialController {

    private final JobReader reader;
    private final ClusterStore clusters;
    private final ExplainQueue queue;

    public TrialController(JobReader reader, ClusterStore clusters, ExplainQueue queue) {
        this.reader = reader;
        this.clusters = clusters;
        this.queue = queue;
    }

    /**
     * Whether the job could ever run on a cluster, were it free.
     *
     * @param reason why it could not; null when it could
     */
    public record FitView(String cluster, boolean fits, @Nullable String reason) {}

    /**
     * What would become of the job.
     *
     * @param faults everything that is wrong with it; the other lists are empty when it is not valid
     * @param cluster where it would start now; null when it would not
     * @param standing where it would stand in the queue; null when it is not valid
     * @param start when it would start, and where; null when it is not valid
     */
    public record TrialView(boolean valid, List<Fault> faults, List<FitView> fits, boolean wouldStartNow,
            @Nullable String cluster, @Nullable StandingView standing, @Nullable StartView start,
            List<ReasonView> reasons) {}

    @PostMapping(path = "/v1/jobs/test", produces = "application/json")
    public TrialView test(HttpServletRequest request) throws IOException {
        return switch (reader.read(RequestBodies.json(request))) {
            case JobReading.Invalid invalid ->
                new TrialView(false, invalid.faults(), List.of(), false, null, null, null, List.of());
            case JobReading.Valid valid -> valid(valid.spec());
        };
    }

    private TrialView valid(JobSpec spec) {
        List<ClusterRecord> known = clusters.clusters();
        Optional<Fault> unknown = Fit.unknownClusters(spec, known);
        if (unknown.isPresent()) {
            return new TrialView(false, List.of(unknown.get()), List.of(), false, null, null, null, List.of());
        }
        List<FitView> fits = known.stream().map(cluster -> {
            String whyNot = Fit.whyNot(spec, cluster).orElse(null);
            return new FitView(cluster.name(), whyNot == null, whyNot);
        }).toList();
        ExplainQueue.Test test = queue.test(spec);
        String cluster = test.placement().map(placement -> placement.cluster()).orElse(null);
        return new TrialView(true, List.of(), fits, cluster != null, cluster,
                test.outlook().map(outlook -> StandingView.of(outlook.standing(), test.waiting() + 1)).orElse(null),
                test.outlook().map(StartView::of).orElse(null),
                test.reasons().stream().map(ReasonView::of).toList());
    }
}

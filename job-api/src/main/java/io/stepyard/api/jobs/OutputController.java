package io.stepyard.api.jobs;

import io.stepyard.api.http.ApiException;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.JobStore;
import io.stepyard.model.job.Failure;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads what an attempt has printed, from its cluster; its error output also from the store when the cluster is away. */
@RestController
public final class OutputController {

    private static final int MAX_BYTES = 1_048_576;
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    /** Where the text came from: {@code cluster} or {@code store}. */
    private static final String SOURCE = "Stepyard-Source";

    private final JobStore jobs;
    private final ClusterStore clusters;
    private final ClusterGateway gateway;

    public OutputController(JobStore jobs, ClusterStore clusters, ClusterGateway gateway) {
        this.jobs = jobs;
        this.clusters = clusters;
        this.gateway = gateway;
    }

    @GetMapping(path = "/v1/jobs/{jobId}/logs", produces = MediaType.TEXT_PLAIN_VALUE)
    public ResponseEntity<String> logs(@PathVariable String jobId,
            @RequestParam(defaultValue = "stderr") String stream,
            @RequestParam(required = false) @Nullable Integer attempt,
            @RequestParam(defaultValue = "65536") int maxBytes) {
        if (!stream.equals("stderr") && !stream.equals("stdout")) {
            throw ApiException.badParameter("stream", stream, "stderr or stdout");
        }
        if (maxBytes < 1 || maxBytes > MAX_BYTES) {
            throw ApiException.badParameter("maxBytes", Integer.toString(maxBytes), "1 to " + MAX_BYTES);
        }
        JobRun run = JobController.find(jobs, jobId);
        Attempt wanted = attempt(run, attempt);
        try {
            return text("cluster", fromCluster(run, wanted, stream, maxBytes));
        } catch (ClusterUnavailable unavailable) {
            Failure failure = wanted.failure();
            if (stream.equals("stderr") && failure != null && failure.errorOutput() != null) {
                return text("store", failure.errorOutput());
            }
            throw unavailable;
        }
    }

    private String fromCluster(JobRun run, Attempt attempt, String stream, int maxBytes) {
        ClusterRecord cluster = clusters.cluster(attempt.cluster())
                .orElseThrow(() -> new ClusterUnavailable(ClusterUnavailable.Kind.NOT_SENT,
                        "cluster " + attempt.cluster() + " is no longer registered", null));
        String key = Attempt.key(run.jobId(), attempt.number());
        return stream.equals("stderr")
                ? gateway.errorOutput(cluster, key, attempt.clusterJobId(), maxBytes)
                : gateway.output(cluster, key, attempt.clusterJobId(), maxBytes);
    }

    private static Attempt attempt(JobRun run, @Nullable Integer number) {
        if (number == null) {
            return run.latestAttempt().orElseThrow(() -> ApiException.notFound("ATTEMPT_NOT_FOUND",
                    "Job '" + run.jobId() + "' has made no attempt yet, so it has printed nothing."));
        }
        return run.attempts().stream().filter(attempt -> attempt.number() == number).findFirst()
                .orElseThrow(() -> ApiException.notFound("ATTEMPT_NOT_FOUND", "Job '" + run.jobId()
                        + "' has no attempt " + number + "; it has made " + run.attempts().size() + "."));
    }

    private static ResponseEntity<String> text(String source, String body) {
        return ResponseEntity.ok().contentType(TEXT).header(SOURCE, source)
                // A job's output is text whatever it looks like: no browser may run it.
                .header("X-Content-Type-Options", "nosniff").body(body);
    }
}

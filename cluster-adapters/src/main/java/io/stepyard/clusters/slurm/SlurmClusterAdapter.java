package io.stepyard.clusters.slurm;

import io.stepyard.clusters.BulkObserve;
import io.stepyard.clusters.ClusterAdapter;
import io.stepyard.clusters.call.Authorisation;
import io.stepyard.clusters.call.Call;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.OutputFiles;
import io.stepyard.clusters.call.Reply;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.ClusterKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to SLURM through slurmrestd. SLURM has no idempotency key and gives an id a second time after a crash, so the key stands in the
 * job's comment: a submission looks for it first, and every answer about an id is believed only when the comment fits. Safe for many
 * threads; remembers which version of the API a cluster speaks, and nothing about jobs.
 */
public final class SlurmClusterAdapter implements ClusterAdapter, BulkObserve {

    /** SLURM tells some 3 KB of each of its jobs. */
    private static final long MAX_LIST_BYTES = 256L * 1024 * 1024;

    private final JsonMapper json = JsonMapper.builder().build();
    private final SlurmAnswers answers = new SlurmAnswers(json);
    private final ClusterCalls calls;
    private final InstantSource clock;
    private final Map<String, SlurmVersion> versions = new ConcurrentHashMap<>();

    /**
     * @param calls closed by whoever made it
     * @param clock says when a sample was taken; SLURM does not
     */
    public SlurmClusterAdapter(ClusterCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return ClusterKind.SLURM.text();
    }

    @Override
    public SubmitOutcome submit(ClusterRecord cluster, Submission submission) {
        if (!ClusterKind.SLURM.runs().contains(submission.spec().run().kind())) {
            return new SubmitOutcome.Refused("UNSUPPORTED", "SLURM cannot run a " + submission.spec().run().kind());
        }
        Optional<SlurmJob> known = byKey(cluster, submission.key());
        if (known.isPresent()) {
            return new SubmitOutcome.Accepted(Long.toString(known.get().id()));
        }
        String body = json.writeValueAsString(
                SlurmJobText.body(submission, SlurmOptions.of(cluster), version(cluster)));
        Reply reply = ask(cluster, "POST", "/job/submit", body, 0);
        SlurmAnswers.Submitted submitted = understood(cluster, () -> answers.submitted(reply));
        if (submitted.errors().isEmpty()) {
            return new SubmitOutcome.Accepted(Long.toString(submitted.id().orElseThrow()));
        }
        // SLURM may keep a job of which it says that it can never start.
        submitted.id().ifPresent(id -> delete(cluster, id));
        return new SubmitOutcome.Refused("REFUSED_BY_SLURM", String.join("; ", submitted.errors()));
    }

    @Override
    public Observation observe(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        return find(cluster, key, clusterJobId).map(SlurmJob::observation).orElseGet(Observation.NotFound::new);
    }

    @Override
    public void cancel(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        find(cluster, key, clusterJobId).filter(job -> !job.isOver()).ifPresent(job -> delete(cluster, job.id()));
    }

    private void delete(ClusterRecord cluster, long id) {
        Reply reply = ask(cluster, "DELETE", "/job/" + id, null, 0);
        understood(cluster, () -> {
            answers.cancelled(reply);
            return id;
        });
    }

    @Override
    public String errorOutput(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return captured(cluster, key, "err", maxBytes);
    }

    @Override
    public String output(ClusterRecord cluster, String key, @Nullable String clusterJobId, int maxBytes) {
        return captured(cluster, key, "out", maxBytes);
    }

    /** SLURM gives no output over its API; jobs write it to a directory that this process sees, too. */
    private static String captured(ClusterRecord cluster, String key, String ending, int maxBytes) {
        return SlurmOptions.of(cluster).outputMount()
                .map(mount -> OutputFiles.tail(cluster, mount.resolve(SlurmJobText.fileName(key, ending)), maxBytes))
                .orElse("");
    }

    @Override
    public ClusterSample sample(ClusterRecord cluster) {
        Reply reply = ask(cluster, "GET", "/nodes", null, MAX_LIST_BYTES);
        Instant now = clock.instant();
        SlurmAnswers.Nodes nodes = understood(cluster,
                () -> answers.nodes(reply, SlurmOptions.of(cluster).partition()));
        return new ClusterSample(nodes.capacity(), nodes.used(), now);
    }

    @Override
    public Map<String, Observation> live(ClusterRecord cluster) {
        Map<String, Observation> found = new HashMap<>();
        for (SlurmJob job : all(cluster)) {
            if (job.comment().startsWith(SlurmJobText.MARK) && !job.isOver()) {
                found.put(job.comment().substring(SlurmJobText.MARK.length()), job.observation());
            }
        }
        return found;
    }

    private Optional<SlurmJob> find(ClusterRecord cluster, String key, @Nullable String clusterJobId) {
        if (clusterJobId != null) {
            Reply reply = ask(cluster, "GET", "/job/" + clusterJobId, null, 0);
            Optional<SlurmJob> job = understood(cluster, () -> answers.jobs(reply)).stream()
                    .filter(it -> it.belongsTo(key)).findFirst();
            if (job.isPresent()) {
                return job;
            }
        }
        return byKey(cluster, key);
    }

    private Optional<SlurmJob> byKey(ClusterRecord cluster, String key) {
        return all(cluster).stream().filter(job -> job.belongsTo(key)).findFirst();
    }

    private List<SlurmJob> all(ClusterRecord cluster) {
        Reply reply = ask(cluster, "GET", "/jobs", null, MAX_LIST_BYTES);
        return understood(cluster, () -> answers.jobs(reply));
    }

    private Reply ask(ClusterRecord cluster, String method, String path, @Nullable String body, long maxBytes) {
        return call(cluster, Call.of(method, version(cluster).path(path), body).answeredWithin(maxBytes));
    }

    private Reply call(ClusterRecord cluster, Call call) {
        Optional<String> user = SlurmOptions.of(cluster).user();
        return calls.call(cluster, call, new Authorisation() {
            @Override
            public Map<String, String> headers(String secret) {
                return user.map(name -> Map.of("X-SLURM-USER-NAME", name, "X-SLURM-USER-TOKEN", secret))
                        .orElseGet(() -> Map.of("X-SLURM-USER-TOKEN", secret));
            }

            @Override
            public boolean isDenied(Reply reply) {
                return answers.isDenied(reply);
            }
        });
    }

    /** The newest version that the cluster speaks, found out once. */
    private SlurmVersion version(ClusterRecord cluster) {
        Optional<SlurmVersion> said = SlurmOptions.of(cluster).version();
        if (said.isPresent()) {
            return said.get();
        }
        SlurmVersion known = versions.get(cluster.name() + " " + cluster.endpoint());
        if (known != null) {
            return known;
        }
        for (SlurmVersion version : SlurmVersion.newestFirst()) {
            if (call(cluster, Call.get(version.path("/ping"))).status() == 200) {
                versions.put(cluster.name() + " " + cluster.endpoint(), version);
                return version;
            }
        }
        throw ClusterCalls.unavailable(ClusterUnavailable.Kind.NONSENSE, cluster,
                "expected slurmrestd with a data parser from v0.0.38 to v0.0.42, but found none of them", null);
    }

    /** Adds the cluster's name to what the pure functions say. */
    private static <T> T understood(ClusterRecord cluster, Supplier<T> meaning) {
        try {
            return meaning.get();
        } catch (ClusterUnavailable nonsense) {
            throw ClusterCalls.unavailable(nonsense.kind(), cluster, String.valueOf(nonsense.getMessage()), nonsense);
        }
    }
}

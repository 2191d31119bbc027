package io.stepyard.contracts;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows for tests: complete, valid, and different where it matters. */
public final class Rows {

    public static final Instant START = Instant.parse("2026-11-21T12:00:00.000000001Z");
    public static final Resources SIZE = new Resources(1500, 2048);
    public static final Resources CAPACITY = Resources.ofCores(4, 8192);

    private Rows() {}

    public static TaskToken token(String jobId) {
        return new TaskToken("secret-token-of-" + jobId);
    }

    public static JobSpec spec(String tenant, int priority) {
        return new JobSpec("word-count", tenant, priority, SIZE, Duration.ofMinutes(10), Set.of("zurich"),
                Map.of("zone", "eu"), new RunSpec.Command(List.of("python3", "count.py"), "/srv/jobs"),
                Map.of("A", "B"), RetryPolicy.DEFAULT,
                Map.of("dataset", "s3://bucket/key", "rows", 12, "nested", Map.of("list", List.of(1, "two", 3.5))));
    }

    /** A job that has just been accepted at {@link #START}. */
    public static JobRun queued(String jobId) {
        return queued(jobId, "research", START);
    }

    public static JobRun queued(String jobId, String tenant, Instant at) {
        return new JobRun(jobId, 1, spec(tenant, 1000), JobState.QUEUED,
                "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:" + jobId, token(jobId), at, at,
                at, null, List.of(), null, List.of(new JobEvent(at, "JobAccepted", "queue-request", "accepted")));
    }

    public static QueueRow waiting(String jobId, int priority, Instant enqueuedAt) {
        return new QueueRow(jobId, priority, enqueuedAt, 0, spec("research", priority), token(jobId));
    }

    /** The next version of a run in another state; with an attempt on the cluster when that state holds a reservation. */
    public static JobRun next(JobRun before, JobState state) {
        Instant now = before.updatedAt().plusSeconds(1);
        List<Attempt> attempts = new ArrayList<>(before.attempts());
        if (attempts.isEmpty() && state.holdsReservation()) {
            attempts.add(new Attempt(1, "zurich", before.spec().resources(), "grant-of-" + before.jobId(), 1,
                    AttemptState.GRANTED, now, null, null, null, null));
        }
        List<JobEvent> events = new ArrayList<>(before.events());
        events.add(new JobEvent(now, "Job" + state, "test", "now " + state));
        boolean keepsToken = state == JobState.QUEUED || state == JobState.GRANTED;
        return new JobRun(before.jobId(), before.version() + 1, before.spec(), state, before.executionArn(),
                keepsToken ? before.token() : null, before.submittedAt(), before.queuedAt(), now,
                state.isFinal() ? now : null, attempts, before.failure(), events);
    }

    /** An open cluster of {@link #CAPACITY} that was never asked. */
    public static ClusterRecord cluster(String name) {
        return new ClusterRecord(name, 1, "http", URI.create("http://127.0.0.1:8091"), CAPACITY,
                Map.of("zone", "eu", "arch", "x86"), false, null, Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }

    public static ClusterRecord drained(ClusterRecord before) {
        return new ClusterRecord(before.name(), before.version() + 1, before.kind(), before.endpoint(),
                before.capacity(), before.labels(), true, "disk swap", before.reserved(), before.health());
    }
}

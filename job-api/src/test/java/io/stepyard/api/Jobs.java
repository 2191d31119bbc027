package io.stepyard.api;

import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.JobReading;
import io.stepyard.core.job.RunSteps;
import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs in every state of interest, put into a store step by step as the use cases would. */
final class Jobs {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String SECRET = "AAAAKgAAAAIAAAAAsecretTaskToken";
    static final String JSON = """
            {"schemaVersion":1,"name":"word-count","tenant":"research","priority":10,"cpu":2,"memory":"2GiB",
             "run":{"kind":"command","command":["wc","-l"]}}""";

    private final InMemoryJobStore store;

    Jobs(InMemoryJobStore store) {
        this.store = store;
    }

    static JobSpec spec() {
        return switch (new JobReader().read(JSON)) {
            case JobReading.Valid valid -> valid.spec();
            case JobReading.Invalid invalid -> throw new AssertionError(invalid.faults());
        };
    }

    void clusters() {
        for (String name : List.of("geneva", "zurich")) {
            write(new StoreWrite.InsertCluster(new ClusterRecord(name, 1, "http", URI.create("http://127.0.0.1:1"),
                    Resources.ofCores(4, 8192), Map.of("zone", "eu"), name.equals("geneva"),
                    name.equals("geneva") ? "new disks" : null, Resources.NONE,
                    new ClusterRecord.Health(ClusterRecord.Health.Status.HEALTHY, new Resources(500, 100),
                            Resources.NONE, NOW, NOW,
                            null, ""))));
        }
    }

    /** Waits in the queue since so many seconds after {@link #NOW}. */
    JobRun queued(String jobId, int seconds) {
        Instant at = NOW.plusSeconds(seconds);
        TaskToken token = new TaskToken(SECRET + jobId);
        JobRun run = RunSteps.accepted(jobId, spec(), "arn:aws:states:us-east-1:123456789012:execution:m:" + jobId,
                token, at, at);
        write(new StoreWrite.InsertRun(run),
                new StoreWrite.InsertQueueRow(new QueueRow(jobId, run.spec().priority(), at, 0, run.spec(), token)));
        return run;
    }

    JobRun granted(String jobId, int seconds) {
        JobRun run = queued(jobId, seconds);
        JobRun next = RunSteps.granted(run, "zurich", 7, run.queuedAt());
        write(new StoreWrite.ReplaceRun(next), new StoreWrite.DeleteQueueRow(jobId, run.spec().priority()),
                new StoreWrite.Reserve("zurich", run.spec().resources(), Resources.ofCores(1000, 1_000_000)));
        return next;
    }

    JobRun running(String jobId, int seconds) {
        JobRun starting = RunSteps.starting(granted(jobId, seconds), NOW.plusSeconds(seconds));
        write(new StoreWrite.ReplaceRun(starting));
        JobRun next = RunSteps.seenRunning(starting, NOW.plusSeconds(seconds), NOW.plusSeconds(seconds));
        write(new StoreWrite.ReplaceRun(next));
        return next;
    }

    JobRun unknown(String jobId, int seconds) {
        JobRun next = RunSteps.lostFromSight(running(jobId, seconds), "no answer", NOW.plusSeconds(seconds));
        write(new StoreWrite.ReplaceRun(next));
        return next;
    }

    JobRun succeeded(String jobId, int seconds) {
        JobRun run = running(jobId, seconds);
        JobRun next = RunSteps.succeeded(run, run.queuedAt(), run.queuedAt().plusSeconds(3), NOW.plusSeconds(9));
        write(new StoreWrite.ReplaceRun(next), new StoreWrite.Release("zurich", run.spec().resources()));
        return next;
    }

    JobRun failed(String jobId, int seconds) {
        return fail(jobId, seconds, FailureClass.USER_ERROR);
    }

    JobRun backingOff(String jobId, int seconds) {
        return fail(jobId, seconds, FailureClass.LOST);
    }

    private JobRun fail(String jobId, int seconds, FailureClass failureClass) {
        JobRun run = running(jobId, seconds);
        Failure failure = new Failure(failureClass, "EXIT_3", "the program ended with 3", 3, "access denied");
        JobRun next = RunSteps.failed(run, failure, run.queuedAt(), run.queuedAt().plusSeconds(2),
                NOW.plusSeconds(9));
        write(new StoreWrite.ReplaceRun(next), new StoreWrite.Release("zurich", run.spec().resources()));
        return next;
    }

    private void write(StoreWrite... writes) {
        var result = store.commit(new ArrayList<>(List.of(writes)));
        if (!result.isCommitted()) {
            throw new AssertionError(result);
        }
    }
}

package io.stepyard.benchmarks;

import io.stepyard.asl.JobManagerDefinition;
import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.job.RunSteps;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import io.stepyard.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the state directory of a runtime that does not run with jobs that have ended well: a row of each in the embedded store, as the
 * use cases would have written it, and an execution of each in the engine, made by the shipped state machine itself. What is left out is
 * the clusters' own record of their runs.
 *
 * <p>Arguments: the state directory, how many jobs.
 */
public final class LoadEnded {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";

    private static final int WRITES_AT_ONCE = 100;
    private static final String MACHINE = JobManagerDefinition.STATE_MACHINE_NAME;
    private static final List<String> CLUSTERS = List.of("zurich", "geneva");
    private static final List<String> TENANTS = List.of("research", "finance", "operations");

    private LoadEnded() {}

    public static void main(String[] words) throws InterruptedException {
        if (words.length != 2) {
            System.err.println("arguments: STATE_DIRECTORY JOBS");
            System.exit(2);
        }
        Path stateDir = Path.of(words[0]);
        int jobs = Integer.parseInt(words[1]);
        long began = System.nanoTime();
        rows(stateDir.resolve("store"), jobs, Instant.now());
        long rowsDone = System.nanoTime();
        try (EndedExecutions executions = EndedExecutions.open(stateDir.resolve("engine"))) {
            executions.run(jobs, LoadEnded::jobId);
        }
        System.out.printf("loaded rows=%d in %d s, executions=%d in %d s%n", jobs,
                Duration.ofNanos(rowsDone - began).toSeconds(), jobs,
                Duration.ofNanos(System.nanoTime() - rowsDone).toSeconds());
    }

    static String jobId(int number) {
        return "ended-" + number;
    }

    static String definition() {
        return JobManagerDefinition.bind(
                JobManagerSettings.DEFAULT.values("stepyard-job-queue-request", "stepyard-cluster-adapter"));
    }

    /** One row a job, a second between submissions, the newest ending now. */
    static void rows(Path directory, int jobs, Instant now) {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            for (int from = 0; from < jobs; from += WRITES_AT_ONCE) {
                List<StoreWrite> writes = new ArrayList<>();
                for (int number = from; number < Math.min(jobs, from + WRITES_AT_ONCE); number++) {
                    writes.add(new StoreWrite.InsertRun(ended(number, now.minusSeconds(jobs - number))));
                }
                if (!store.commit(writes).isCommitted()) {
                    throw new IllegalStateException(
                            "Expected no job " + jobId(from) + " in " + directory + ", but found it or one behind it");
                }
            }
        }
    }

    private static JobRun ended(int number, Instant at) {
        String jobId = jobId(number);
        String cluster = CLUSTERS.get(number % CLUSTERS.size());
        JobSpec spec = new JobSpec("word-count", TENANTS.get(number % TENANTS.size()), number % 5_000,
                Resources.ofCores(1, 512), Duration.ofMinutes(10), Set.of(), Map.of(),
                new RunSpec.Command(List.of("true"), null), Map.of(), RetryPolicy.DEFAULT, Map.of());
        JobRun run = RunSteps.accepted(jobId, spec,
                "arn:aws:states:" + REGION + ":" + ACCOUNT + ":execution:" + MACHINE + ":" + jobId,
                new TaskToken("none"), at, at);
        run = RunSteps.starting(RunSteps.granted(run, cluster, 1, at), at);
        run = RunSteps.seenRunning(RunSteps.submitted(run, cluster + "-" + number, at), at, at);
        run = RunSteps.succeeded(run, at, at.plusMillis(700), at.plusMillis(750));
        return new JobRun(run.jobId(), 1, run.spec(), run.state(), run.executionArn(), run.token(), run.submittedAt(),
                run.queuedAt(), run.updatedAt(), run.endedAt(), run.attempts(), run.failure(), run.events());
    }
}

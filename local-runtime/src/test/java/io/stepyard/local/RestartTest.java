package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.SfnClient;

class RestartTest {

    private static final int JOBS = 9;

    @TempDir
    private Path stateDir;

    @Test
    void shouldLoseNoJobAndRunNoneTwiceWhenTheRuntimeIsKilledAndStartedAgain() throws IOException {
        Path ledger = stateDir.resolve("ran");
        List<String> executions = new ArrayList<>();
        List<ProcessHandle> clusters;
        RunningRuntime first = RunningRuntime.start(stateDir);
        try (SfnClient client = first.stepFunctions()) {
            TestJobs jobs = new TestJobs(client);
            for (int n = 0; n < JOBS; n++) {
                executions.add(jobs.submit("job-" + n,
                        TestJobs.job("echo job-" + n + " >> " + ledger + "; sleep 4", "")));
            }
            // 4 cores in all, so 4 run and 5 wait.
            Eventually.within(Duration.ofSeconds(30), "4 running, 5 waiting",
                    () -> first.get("/v1/queue").path("counts"),
                    counts -> counts.path("RUNNING").intValue() == 4 && counts.path("QUEUED").intValue() == 5);
            clusters = first.clusterProcesses();
        }
        first.kill();
        assertThat(clusters).hasSize(2).allMatch(ProcessHandle::isAlive);

        try (RunningRuntime second = RunningRuntime.start(stateDir); SfnClient client = second.stepFunctions()) {
            assertThat(second.clusterProcesses()).isEqualTo(clusters);
            TestJobs jobs = new TestJobs(client);
            for (String execution : executions) {
                assertThat(jobs.end(execution).statusAsString()).as(execution).isEqualTo("SUCCEEDED");
            }
            for (int n = 0; n < JOBS; n++) {
                assertThat(second.get("/v1/jobs/job-" + n).path("attemptsMade").intValue()).isEqualTo(1);
            }
        }
        assertThat(Files.readAllLines(ledger)).hasSize(JOBS).doesNotHaveDuplicates();
        assertThat(clusters).as("clusters after the second runtime's orderly end").noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void shouldStopEverythingItStartedOnSigtermAndRunTheRestAfterTheNextStart() {
        String execution;
        List<ProcessHandle> clusters;
        try (RunningRuntime first = RunningRuntime.start(stateDir); SfnClient client = first.stepFunctions()) {
            execution = new TestJobs(client).submit("interrupted",
                    TestJobs.job("test -e " + stateDir.resolve("seen") + " || { touch " + stateDir.resolve("seen")
                            + "; sleep 300; }", "")
                            .replace("{\"maxAttempts\":1}", "{\"maxAttempts\":2,\"backoff\":\"1s\"}"));
            Eventually.within(Duration.ofSeconds(30), "RUNNING", () -> first.state("interrupted"), "RUNNING"::equals);
            clusters = first.clusterProcesses();
        }
        assertThat(clusters).noneMatch(ProcessHandle::isAlive);
        assertThat(stateDir.resolve("runtime.json")).doesNotExist();

        try (RunningRuntime second = RunningRuntime.start(stateDir); SfnClient client = second.stepFunctions()) {
            assertThat(new TestJobs(client).end(execution).statusAsString()).isEqualTo("SUCCEEDED");
            assertThat(second.get("/v1/jobs/interrupted").path("attemptsMade").intValue()).isEqualTo(2);
        }
    }
}

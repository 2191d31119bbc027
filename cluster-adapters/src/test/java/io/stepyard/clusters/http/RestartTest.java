package io.stepyard.clusters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.clusters.testing.ClusterUnderTest.Program;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the local cluster keeps when its process dies, seen through the adapter. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RestartTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Submission submission(String key, Duration timeLimit, String... command) {
        JobSpec spec = new JobSpec("restart", "research", 1000, Resources.ofCores(1, 256), timeLimit, Set.of(),
                Map.of(),
                new RunSpec.Command(List.of(command), null), Map.of(), RetryPolicy.DEFAULT, Map.of());
        return new Submission(key, "job", 1, spec);
    }

    private HttpClusterUnderTest open() throws IOException {
        return new HttpClusterUnderTest(ClusterProcess.start(directory.resolve("state")));
    }

    @Test
    void shouldKeepResultsAndAdoptRunsWhenKilled() throws Exception {
        Path gate = directory.resolve("gate");
        Path starts = directory.resolve("starts");
        Files.createFile(starts);
        Observation failedBefore;
        ClusterProcess first = ClusterProcess.start(directory.resolve("state"));
        try (HttpClusterUnderTest world = new HttpClusterUnderTest(first)) {
            var gateway = world.gateway();
            gateway.submit(world.cluster(),
                    submission("failed", Duration.ofMinutes(1), "sh", "-c", "echo no >&2; exit 9"));
            failedBefore = world.awaitEnd("failed");
            // Waits for a named pipe to be opened, so that the test decides when it ends.
            assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
            gateway.submit(world.cluster(), submission("going", Duration.ofMinutes(5), "sh", "-c",
                    "echo start >> " + starts + "; echo before; read line < " + gate + "; echo $line; exit 5"));
            gateway.submit(world.cluster(), submission("limited", Duration.ofSeconds(2), "sleep", "600"));
            world.awaitRunning("going");
            world.awaitRunning("limited");
            first.kill();
        }

        try (HttpClusterUnderTest world = open()) {
            assertThat(world.gateway().observe(world.cluster(), "failed", null)).isEqualTo(failedBefore);
            assertThat(world.gateway().errorOutput(world.cluster(), "failed", null, 100)).isEqualTo("no\n");
            assertThat(world.gateway().observe(world.cluster(), "going", null)).isInstanceOf(Observation.Running.class);
            assertThat(world.gateway().submit(world.cluster(), submission("going", Duration.ofMinutes(5), "true")))
                    .isInstanceOf(SubmitOutcome.Accepted.class);
            assertThat(world.awaitEnd("limited")).isInstanceOfSatisfying(Observation.Failed.class,
                    failed -> assertThat(failed.failure().failureClass()).isEqualTo(FailureClass.TIME_LIMIT));
            Files.writeString(gate, "after\n");
            assertThat(world.awaitEnd("going")).isInstanceOfSatisfying(Observation.Failed.class,
                    failed -> assertThat(failed.failure().code()).isEqualTo("EXIT_5"));
            assertThat(world.gateway().output(world.cluster(), "going", null, 100)).isEqualTo("before\nafter\n");
            assertThat(Files.readAllLines(starts)).hasSize(1);
            assertThat(world.gateway().sample(world.cluster()).used()).isEqualTo(Resources.NONE);
        }
    }

    @Test
    void shouldEndItsRunsAndSaySoWhenStoppedInOrder() throws Exception {
        try (HttpClusterUnderTest world = open()) {
            world.gateway().submit(world.cluster(),
                    submission("going", Duration.ofMinutes(5),
                            ((RunSpec.Command) world.program(Program.RUN_ON)).command()
                                    .toArray(String[]::new)));
            world.awaitRunning("going");
        }

        try (HttpClusterUnderTest world = open()) {
            assertThat(world.gateway().observe(world.cluster(), "going", null)).isInstanceOfSatisfying(
                    Observation.Failed.class,
                    failed -> assertThat(failed.failure().failureClass()).isEqualTo(FailureClass.INFRASTRUCTURE));
        }
    }
}

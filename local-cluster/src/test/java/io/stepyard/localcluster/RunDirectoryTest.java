package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether an accepted run was started, as its claims tell after the cluster's death. */
final class RunDirectoryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private RunDirectory run() {
        return new RunDirectory(directory.resolve("1"));
    }

    @Test
    void shouldForbidALateLaunchWhenThereIsNoClaim() throws Exception {
        assertThat(run().settle()).isEqualTo(new RunDirectory.Launch.Never(2));

        Path script = directory.resolve("launch.sh");
        try (var text = Launcher.class.getResourceAsStream("launch.sh")) {
            Files.write(script, java.util.Objects.requireNonNull(text).readAllBytes());
        }
        Path proof = directory.resolve("proof");
        int exit = new ProcessBuilder("sh", script.toString(), run().claim(1).toString(), run().exit().toString(),
                "plain",
                "touch", proof.toString()).start().waitFor();
        assertThat(exit).isEqualTo(125);
        assertThat(proof).doesNotExist();
    }

    @Test
    void shouldForbidEveryFurtherLaunchAgainAfterASecondDeath() throws Exception {
        run().settle();

        assertThat(run().settle()).isEqualTo(new RunDirectory.Launch.Never(3));
    }

    @Test
    void shouldKnowTheProcessOfAClaim() throws Exception {
        Files.createDirectories(run().path());
        Files.writeString(run().claim(1),
                "4711 boot-1 4711 (sh) R 1 4711 4711 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 252957 1 .\n");

        assertThat(run().settle()).isInstanceOfSatisfying(RunDirectory.Launch.Done.class, done -> {
            assertThat(done.process().pid()).isEqualTo(4711);
            assertThat(done.process().boot()).isEqualTo("boot-1");
            assertThat(done.process().startTick()).isEqualTo(252_957);
            // Another boot: whoever has the pid now is somebody else.
            assertThat(done.process().isAlive()).isFalse();
        });
    }

    @Test
    void shouldTakeAHalfWrittenClaimForADeadLauncher() throws Exception {
        Files.createDirectories(run().path());
        Files.writeString(run().claim(1), "4711 boo");

        assertThat(run().settle()).isEqualTo(new RunDirectory.Launch.Broken());
    }

    @Test
    void shouldNotBelieveAHalfWrittenExitCode() throws Exception {
        Files.createDirectories(run().path());
        assertThat(run().exitCode()).isEmpty();
        Files.writeString(run().exit(), "1");
        assertThat(run().exitCode()).isEmpty();
        Files.writeString(run().exit(), "12 .\n");
        assertThat(run().exitCode()).hasValue(12);
    }

    @Test
    void shouldTellAReusedPidFromTheProcess() {
        ProcStat own = ProcStat.of(ProcessHandle.current().pid()).orElseThrow();
        ProcessIdentity self = new ProcessIdentity(own.pid(), ProcessIdentity.currentBoot(), own.startTick(),
                java.time.Instant.EPOCH);
        ProcessIdentity earlier = new ProcessIdentity(own.pid(), ProcessIdentity.currentBoot(), own.startTick() - 1,
                java.time.Instant.EPOCH);

        assertThat(self.isAlive()).isTrue();
        assertThat(earlier.isAlive()).isFalse();
    }
}

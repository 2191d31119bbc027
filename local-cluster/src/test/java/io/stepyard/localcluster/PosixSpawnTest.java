package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixSpawnTest {

    @TempDir
    Path directory;

    private final Optional<PosixSpawn> found = PosixSpawn.find();

    @BeforeEach
    void skipWhereTheSystemCannot() {
        assumeTrue(found.isPresent(), "skipped: no posix_spawn with sessions in this system's C library");
    }

    private PosixSpawn.Order order(String... words) {
        return new PosixSpawn.Order(List.of(words), Map.of("GREETING", "grüezi"), directory,
                directory.resolve("out"), directory.resolve("err"));
    }

    private void run(PosixSpawn.Order order) throws Exception {
        PosixSpawn spawn = found.orElseThrow();
        long pid = spawn.start(order);
        ProcessHandle.of(pid).orElseThrow().onExit().get();
        spawn.reap(pid);
        assertThat(Path.of("/proc", Long.toString(pid))).doesNotExist();
    }

    @Test
    void shouldGiveTheProgramItsWordsItsEnvironmentAndItsDirectoryAndNothingElse() throws Exception {
        run(order("/bin/sh", "-c", "pwd; echo \"$1|$GREETING|$HOME\"; cat; echo oops >&2", "sh", "a b"));

        assertThat(directory.resolve("out")).hasContent(directory.toRealPath() + "\na b|grüezi|\n");
        assertThat(directory.resolve("err")).hasContent("oops\n");
    }

    @Test
    void shouldAppendToOutputThatIsThere() throws Exception {
        Files.writeString(directory.resolve("out"), "before\n");

        run(order("/bin/sh", "-c", "echo after"));

        assertThat(directory.resolve("out")).hasContent("before\nafter\n");
    }

    @Test
    void shouldMakeTheProgramTheLeaderOfASession() throws Exception {
        run(order("/bin/sh", "-c", "read -r stat </proc/$$/stat; echo \"$$ $stat\""));

        String[] words = Files.readString(directory.resolve("out")).strip().split(" ", 2);
        assertThat(ProcStat.parse(words[1]).orElseThrow().session()).isEqualTo(Long.parseLong(words[0]));
    }

    @Test
    void shouldKeepOpenFilesOfThisProcessFromTheProgram() throws Exception {
        try (var open = Files.newByteChannel(Files.writeString(directory.resolve("secret"), "x"))) {
            run(order("/bin/sh", "-c", "ls -l /proc/$$/fd"));
            assertThat(open.isOpen()).isTrue();
        }

        assertThat(Files.readString(directory.resolve("out"))).contains("/dev/null").doesNotContain("secret")
                .doesNotContain("socket:");
    }

    @Test
    void shouldHoldNoSignalBackFromTheProgram() throws Exception {
        run(order("/bin/sh", "-c", "grep SigBlk /proc/self/status"));

        assertThat(directory.resolve("out")).hasContent("SigBlk:\t0000000000000000");
    }

    @Test
    void shouldSayWhatCouldNotBeStartedAndWhy() {
        assertThatThrownBy(() -> found.orElseThrow().start(order("/nowhere/program"))).isInstanceOf(IOException.class)
                .hasMessageContaining("/nowhere/program").hasMessageContaining("No such file or directory");
    }
}

package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    private Path parent = Path.of("");

    @Test
    void shouldEndEveryRunWellAndLeaveNothingBehind() {
        assertThat(Rehearsal.perform(parent.resolve("rehearsal"))).isEqualTo(Rehearsal.RUNS);

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldBeginAnewWhereAnEarlierOneWasKilled() throws IOException {
        Path directory = Files.createDirectories(parent.resolve("rehearsal"));
        Files.writeString(directory.resolve("journal.ndjson"), "torn\ntorn\n");

        assertThat(Rehearsal.perform(directory)).isEqualTo(Rehearsal.RUNS);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldComeBackWithoutAnyRunWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThat(Rehearsal.perform(file.resolve("rehearsal"))).isZero();
        assertThat(file).isEmptyFile();
    }
}

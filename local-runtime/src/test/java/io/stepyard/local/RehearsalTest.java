package io.stepyard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** A rehearsal gives up after some seconds, which on a busy machine is before its last jobs. */
    private static final int MOST = Rehearsal.JOBS * 3 / 4;

    @TempDir
    private Path parent = Path.of("");

    private final LocalOptions options = LocalOptions.parse(List.of());

    private Rehearsal start(Path directory) {
        return Rehearsal.start(directory, options, InstantSource.system());
    }

    @Test
    void shouldTakeItsJobsAllTheWayAndLeaveNothingBehind() throws InterruptedException {
        Path directory = parent.resolve("rehearsal");
        try (Rehearsal rehearsal = start(directory)) {
            assertThat(rehearsal.await(LONG)).isTrue();

            assertThat(rehearsal.succeeded()).isBetween(MOST, Rehearsal.JOBS);
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldBeginAnewWhereAnEarlierOneWasKilled() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(parent.resolve("rehearsal/store"));
        Files.writeString(directory.resolve("commits.log"), "torn");
        try (Rehearsal rehearsal = start(parent.resolve("rehearsal"))) {
            assertThat(rehearsal.await(LONG)).isTrue();

            assertThat(rehearsal.succeeded()).isBetween(MOST, Rehearsal.JOBS);
        }
    }

    @Test
    void shouldEndSoonAndTidyUpWhenItIsTold() throws InterruptedException {
        Rehearsal rehearsal = start(parent.resolve("rehearsal"));
        rehearsal.close();

        assertThat(rehearsal.await(LONG)).isTrue();
        assertThat(rehearsal.succeeded()).isLessThan(Rehearsal.JOBS);
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldBeOverWithoutAnyJobWhereItCannotWrite() throws IOException, InterruptedException {
        Path file = Files.createFile(parent.resolve("file"));
        try (Rehearsal rehearsal = start(file.resolve("rehearsal"))) {
            assertThat(rehearsal.await(LONG)).isTrue();

            assertThat(rehearsal.succeeded()).isZero();
        }
        assertThat(file).isEmptyFile();
    }
}

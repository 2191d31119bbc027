package io.stepyard.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class JournalTest {

    private static final JournalRecord ONE = new JournalRecord.Started(1, Instant.parse("2026-01-01T00:00:00Z"));
    private static final JournalRecord TWO = new JournalRecord.Ending(1, RunState.CANCELLED);
    private static final JournalRecord HEAD = new JournalRecord.Head(7, 5, 3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private List<JournalRecord> read(JournalRecord... appended) throws IOException {
        List<JournalRecord> found = new ArrayList<>();
        try (Journal journal = Journal.open(directory.resolve("j"), JsonMapper.builder().build(), found::add)) {
            for (JournalRecord line : appended) {
                journal.append(line).join();
            }
        }
        return found;
    }

    @Test
    void shouldGiveBackWhatWasAppended() throws IOException {
        assertThat(read(ONE, TWO)).isEmpty();
        assertThat(read()).containsExactly(ONE, TWO);
    }

    @Test
    void shouldDropATornLastLineAndGoOnAfterIt() throws IOException {
        read(ONE);
        Files.writeString(directory.resolve("j"), "{\"t\":\"ending\",\"num", StandardOpenOption.APPEND);
        // The first byte of a character of two.
        Files.write(directory.resolve("j"), new byte[]{(byte) 0xC3}, StandardOpenOption.APPEND);

        assertThat(read(TWO)).containsExactly(ONE);
        assertThat(read()).containsExactly(ONE, TWO);
    }

    @Test
    void shouldRefuseALineInTheMiddleThatIsNoRecord() throws IOException {
        read(ONE);
        Files.writeString(directory.resolve("j"), "rubbish\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("line 2");
    }

    @Test
    void shouldReplaceEverythingAppendedBefore() throws IOException {
        try (Journal journal = Journal.open(directory.resolve("j"), JsonMapper.builder().build(), _ -> {
        })) {
            var _ = journal.append(ONE);
            var _ = journal.rewrite(List.of(HEAD));
            var _ = journal.append(TWO);
        }

        assertThat(read()).containsExactly(HEAD, TWO);
    }
}

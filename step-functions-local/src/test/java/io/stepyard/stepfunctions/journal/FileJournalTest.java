package io.stepyard.stepfunctions.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is there again; what a crash left half written is not, and nothing else is lost. */
class FileJournalTest {
    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> write(int from, int to, long segmentBytes) {
        List<String> read = new ArrayList<>();
        try (Journal journal = Journal.directory(directory, segmentBytes)) {
            journal.replay((position, record) -> read.add(new String(record, StandardCharsets.UTF_8)));
            for (int i = from; i < to; i++) {
                long position = journal.append(bytes("record " + i));
                assertThat(journal.read(position)).isEqualTo(bytes("record " + i));
            }
            boolean[] durable = new boolean[1];
            journal.commit(new Journal.Commit() {
                @Override
                public void durable() {
                    durable[0] = true;
                }

                @Override
                public void broken(JournalException reason) {
                    throw reason;
                }
            });
            journal.await();
            assertThat(durable[0]).isTrue();
        }
        return read;
    }

    @Test
    void shouldGiveBackEveryRecordInOrderOverManySegments() {
        write(0, 100, 64);
        assertThat(write(100, 101, 64)).hasSize(100).startsWith("record 0").endsWith("record 99");
        assertThat(write(101, 101, 64)).hasSize(101);
    }

    @Test
    void shouldCutOffWhatACrashLeftHalfWrittenAndPutItAside() throws IOException {
        write(0, 10, 1 << 20);
        Path file = directory.resolve("00000000.journal");
        byte[] whole = Files.readAllBytes(file);
        for (int torn = 1; torn < 16; torn++) {
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - torn));
            assertThat(write(0, 0, 1 << 20)).as("%d bytes short", torn).hasSize(9);
            assertThat(directory.resolve("00000000.journal.torn")).exists();
        }
        Files.write(file, whole);
        Files.write(file, new byte[]{0, 0, 0, 99, 1}, StandardOpenOption.APPEND);
        assertThat(write(0, 0, 1 << 20)).hasSize(10);
    }

    @Test
    void shouldRefuseDamageInTheMiddleRatherThanLoseWhatFollows() throws IOException {
        write(0, 10, 64);
        Path first = directory.resolve("00000000.journal");
        byte[] damaged = Files.readAllBytes(first);
        damaged[10] ^= 1;
        Files.write(first, damaged);

        assertThatThrownBy(() -> write(0, 0, 64)).isInstanceOf(JournalException.class)
                .hasMessageContaining("damaged at byte 0");
    }

    @Test
    void shouldForceCommitsThatComeWhileItIsBusyToTheDiskTogether() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> durable = Collections.synchronizedList(new ArrayList<>());
        try (FileJournal journal = new FileJournal(directory, 1 << 20)) {
            journal.replay((position, record) -> {
            });
            commit(journal, 0, () -> {
                busy.countDown();
                release.await();
                durable.add(0);
            });
            busy.await();
            for (int i = 1; i <= 100; i++) {
                int number = i;
                commit(journal, number, () -> durable.add(number));
            }
            assertThat(durable).as("nothing is answered before it is on disk").isEmpty();
            release.countDown();
            journal.await();

            assertThat(durable).hasSize(101).isSorted();
            assertThat(journal.flushes()).isEqualTo(2);
        }
        assertThat(write(0, 0, 1 << 20)).hasSize(101);
    }

    private interface Answer {
        void give() throws InterruptedException;
    }

    private static void commit(Journal journal, int number, Answer answer) {
        journal.append(bytes("record " + number));
        journal.commit(new Journal.Commit() {
            @Override
            public void durable() {
                try {
                    answer.give();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void broken(JournalException reason) {
                throw reason;
            }
        });
    }
}

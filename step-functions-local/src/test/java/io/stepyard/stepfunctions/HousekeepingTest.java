package io.stepyard.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ended long ago is forgotten, what is wanted is kept, and the space of the rest comes back. */
class HousekeepingTest {
    private static final String WAIT = """
            {"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.s","Next":"P"},"P":{"Type":"Pass","End":true}}}""";
    private static final String MACHINE = Arns.stateMachine("us-east-1", "000000000000", "m");

    @TempDir
    Path directory = Path.of("");

    private VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));

    private StepFunctionsEngine open(Journal journal) {
        time = new VirtualTime(time.instant());
        return StepFunctionsEngine.builder().virtualTime(time).journal(journal).random(new Random(1))
                .retention(Duration.ofDays(10)).build();
    }

    private String start(StepFunctionsEngine engine, String name, Duration wait) {
        return engine.startExecution(MACHINE, name, "{\"s\":" + wait.toSeconds() + "}").executionArn();
    }

    @Test
    void shouldForgetWhatEndedLongerAgoThanItIsKeptAndNothingElse() {
        Journal journal = Journal.inMemory();
        StepFunctionsEngine engine = open(journal);
        engine.createStateMachine("m", WAIT, "role");
        String old = start(engine, "old", Duration.ofDays(1));
        String young = start(engine, "young", Duration.ofDays(3));
        String open = start(engine, "open", Duration.ofDays(100));
        time.advance(Duration.ofDays(11));
        engine.compact();
        assertThat(engine.describeExecution(old).summary().status()).as("ten days ago to the second")
                .isEqualTo(ExecutionStatus.SUCCEEDED);

        time.advance(Duration.ofSeconds(1));
        engine.compact();

        assertThatThrownBy(() -> engine.describeExecution(old)).hasMessageContaining("Execution Does Not Exist");
        assertThat(engine.describeExecution(young).summary().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(engine.listExecutions(MACHINE, null, 10, null).items()).extracting(ExecutionSummary::executionArn)
                .containsExactly(open, young);
        StepFunctionsEngine next = open(journal);
        assertThatThrownBy(() -> next.describeExecution(old)).hasMessageContaining("Execution Does Not Exist");
        assertThat(start(next, "old", Duration.ofDays(1))).as("the name is free again").isEqualTo(old);
        time.run();
        assertThat(next.describeExecution(open).summary().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void shouldKeepHouseByItselfWhereMostOfALargeJournalIsNotWanted() throws IOException {
        try (StepFunctionsEngine engine = open(Journal.directory(directory, 20_000))) {
            engine.createStateMachine("m", WAIT, "role");
            start(engine, "open", Duration.ofDays(100));
            for (int i = 0; i < 400; i++) {
                start(engine, "e" + i, Duration.ZERO);
            }
        }
        long before = bytes();
        time.advance(Duration.ofDays(11));
        for (int i = 0; i < 10; i++) {
            // Each start does one round: it takes one part of the journal at a time.
            open(new SeeminglyLarge(Journal.directory(directory, 20_000))).close();
        }

        assertThat(bytes()).isLessThan(before / 2);
        try (StepFunctionsEngine engine = open(Journal.directory(directory, 20_000))) {
            assertThat(engine.listExecutions(MACHINE, null, 10, null).items()).extracting(ExecutionSummary::name)
                    .containsExactly("open");
            time.run();
            assertThat(engine.history(Arns.execution(MACHINE, "open"))).hasSize(6);
        }
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** A journal that says it is large: below a hundred megabytes nobody would bother. */
    private record SeeminglyLarge(Journal journal) implements Journal {
        @Override
        public void replay(Reader reader) {
            journal.replay(reader);
        }

        @Override
        public long append(byte[] record) {
            return journal.append(record);
        }

        @Override
        public void commit(Commit commit) {
            journal.commit(commit);
        }

        @Override
        public void await() {
            journal.await();
        }

        @Override
        public byte[] read(long position) {
            return journal.read(position);
        }

        @Override
        public long oldestEnd() {
            return journal.oldestEnd();
        }

        @Override
        public void dropBefore(long position) {
            journal.dropBefore(position);
        }

        @Override
        public long sizeBytes() {
            return 1L << 30;
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}

package io.stepyard.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepyard.contracts.Rows;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.LeaseStore.Lease;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.RunQuery;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.StoreWrite.CheckLease;
import io.stepyard.core.store.StoreWrite.InsertCluster;
import io.stepyard.core.store.StoreWrite.InsertQueueRow;
import io.stepyard.core.store.StoreWrite.InsertRun;
import io.stepyard.core.store.StoreWrite.ReplaceRun;
import io.stepyard.core.store.StoreWrite.Reserve;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {

    @TempDir
    @Nullable
    Path directory;

    private Path path() {
        return Objects.requireNonNull(directory);
    }

    @Test
    void shouldFindEverythingAgainAfterItWasClosed() {
        JobRun run = Rows.queued("job-1");
        Lease lease;
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            store.commit(List.of(new InsertRun(run), new InsertQueueRow(Rows.waiting("job-1", 7, Rows.START)),
                    new InsertCluster(Rows.cluster("zurich"))));
            store.commit(List.of(new Reserve("zurich", Rows.SIZE, Rows.CAPACITY)));
            lease = store.acquire("pass", "one", Rows.START, Duration.ofMinutes(1)).orElseThrow();
        }
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            assertThat(store.run("job-1")).contains(run);
            assertThat(store.waiting(9)).extracting(QueueRow::jobId).containsExactly("job-1");
            assertThat(store.cluster("zurich").map(ClusterRecord::reserved)).contains(Rows.SIZE);
            assertThat(store.countByState()).containsEntry(JobState.QUEUED, 1L);
            assertThat(store.commit(List.of(new CheckLease("pass", lease.epoch()))).isCommitted()).isTrue();
            assertThat(store.acquire("pass", "two", Rows.START, Duration.ofMinutes(1))).isEmpty();
        }
    }

    @Test
    void shouldRefuseASecondOpeningInOneLine() {
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            assertThatThrownBy(() -> EmbeddedStore.open(path())).isInstanceOf(StoreInUse.class)
                    .hasMessage("Expected the store in " + path() + " to be free, but process "
                            + ProcessHandle.current().pid() + " has it open");
            assertThat(store.run("job-1")).isEmpty();
        }
    }

    @Test
    void shouldSayThatItIsClosed() {
        EmbeddedStore store = EmbeddedStore.open(path());
        store.close();
        store.close();

        assertThatThrownBy(() -> store.run("job-1")).isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.commit(List.of(new InsertRun(Rows.queued("job-1")))))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining("closed");
    }

    @Test
    void shouldOutliveAnInterruptedCaller() {
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            store.commit(List.of(new InsertRun(Rows.queued("job-1"))));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.run("job-1")).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> store.commit(List.of(new InsertRun(Rows.queued("job-2")))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(store.run("job-1")).isPresent();
            // What was submitted before the interrupt happens all the same: the caller was told that it may.
            assertThat(store.commit(List.of(new InsertRun(Rows.queued("job-2")))).isCommitted()).isFalse();
        }
    }

    @Test
    void shouldRefuseARowThatDynamoDbWouldNotTake() {
        JobSpec spec = Rows.spec("research", 5);
        JobSpec huge = new JobSpec(spec.name(), spec.tenant(), 5, spec.resources(), spec.timeLimit(), spec.clusters(),
                spec.labels(), spec.run(), spec.environment(), spec.retry(), Map.of("big", "x".repeat(400 * 1024)));
        QueueRow row = new QueueRow("job-1", 5, Rows.START, 0, huge, Rows.token("job-1"));
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            assertThatThrownBy(() -> store.commit(List.of(new InsertQueueRow(row))))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("queue row job-1/5")
                    .hasMessageNotContaining("xxx");
        }
    }

    @Test
    void shouldPassOverARecordThatIsNotWhole() throws IOException {
        Path log = path().resolve("commits.log");
        List<RowChange> batch = List.of(new RowChange.DeleteCluster("zurich"),
                RowChange.PutRun.of(Rows.queued("job-1")), RowChange.PutLease.of(new Lease("l", "o", 3, Rows.START)));
        long whole;
        try (CommitLog written = CommitLog.open(log)) {
            written.append(batch);
            written.append(batch);
            whole = written.bytes();
            written.append(batch);
        }
        byte[] bytes = Files.readAllBytes(log);
        for (int cut : List.of(1, 5, 100)) {
            Files.write(log, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - cut), StandardOpenOption.TRUNCATE_EXISTING);
            try (CommitLog read = CommitLog.open(log)) {
                assertThat(read.readAll()).containsExactly(batch, batch);
                assertThat(read.bytes()).isEqualTo(whole);
                assertThat(Files.size(log)).isEqualTo(whole);
            }
        }
        bytes[bytes.length - 1] ^= 1;
        Files.write(log, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        try (CommitLog read = CommitLog.open(log)) {
            assertThat(read.readAll()).hasSize(2);
        }
    }

    @Test
    void shouldAnswerListsAndCountsInWellUnderASecondWith100000EndedJobs() {
        int jobs = 100_000;
        try (EmbeddedStore store = EmbeddedStore.open(path())) {
            for (int i = 0; i < jobs; i += 100) {
                List<StoreWrite> inserts = new ArrayList<>();
                for (int j = i; j < i + 100; j++) {
                    JobRun run = Rows.queued("job-" + j, j % 1000 == 0 ? "rare" : "common", Rows.START.plusSeconds(j));
                    inserts.add(new InsertRun(new JobRun(run.jobId(), 1, run.spec(),
                            j % 10 == 0 ? JobState.FAILED : JobState.SUCCEEDED, run.executionArn(), null,
                            run.submittedAt(), run.queuedAt(), run.updatedAt(), run.updatedAt(), List.of(), null,
                            run.events())));
                }
                assertThat(store.commit(inserts).isCommitted()).isTrue();
            }
            store.commit(List.of(new InsertRun(Rows.queued("live"))));
            store.commit(List.of(new ReplaceRun(Rows.next(Rows.queued("live"), JobState.RUNNING))));

            assertFast("counts", () -> assertThat(store.countByState()).containsEntry(JobState.SUCCEEDED, 90_000L)
                    .containsEntry(JobState.FAILED, 10_000L).containsEntry(JobState.RUNNING, 1L));
            assertFast("newest", () -> assertThat(store.runs(query(Set.of(), null)).items()).hasSize(100)
                    .first().extracting(JobRun::jobId).isEqualTo("job-99999"));
            assertFast("failed", () -> assertThat(store.runs(query(Set.of(JobState.FAILED), null)).items())
                    .hasSize(100));
            assertFast("tenant", () -> assertThat(store.runs(query(Set.of(), "rare")).items()).hasSize(100));
            assertFast("running", () -> assertThat(store.runs(query(Set.of(JobState.RUNNING), null)).items())
                    .hasSize(1));
            assertFast("live", () -> assertThat(store.liveRuns()).hasSize(1));
            assertFast("waiting", () -> assertThat(store.waiting(1000)).isEmpty());
        }
    }

    private static RunQuery query(Set<JobState> states, @Nullable String tenant) {
        return new RunQuery(states, tenant, 100, null);
    }

    private static void assertFast(String what, Runnable read) {
        long start = System.nanoTime();
        read.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(Duration.ofMillis(700));
    }
}

package io.stepyard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.store.RunQuery;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadEndedTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;

    @Test
    void shouldLeaveAsManySucceededJobsAsWereAskedForAndNothingElse() {
        LoadEnded.rows(directory, 230, NOW);

        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.countByState()).containsOnlyKeys(JobState.SUCCEEDED)
                    .containsEntry(JobState.SUCCEEDED, 230L);
            assertThat(store.liveRuns()).isEmpty();
            assertThat(store.waiting(1)).isEmpty();
            assertThat(store.runs(new RunQuery(Set.of(), null, 1, null)).items().getFirst().jobId())
                    .isEqualTo(LoadEnded.jobId(229));
        }
    }

    @Test
    void shouldLeaveExecutionsThatTheShippedStateMachineRanToTheirEnd() throws InterruptedException {
        try (EndedExecutions executions = EndedExecutions.open(directory)) {
            executions.run(300, LoadEnded::jobId);
        }

        try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(directory))
                .account(LoadEnded.ACCOUNT).region(LoadEnded.REGION).build()) {
            String arn = engine.listStateMachines().getFirst().stateMachineArn();
            assertThat(engine.listExecutions(arn, ExecutionStatus.SUCCEEDED, 1_000, null).items()).hasSize(300);
            assertThat(engine.openExecutions()).isZero();
        }
    }
}

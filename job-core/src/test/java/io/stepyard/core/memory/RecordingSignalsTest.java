package io.stepyard.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepyard.core.memory.RecordingSignals.Signal;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.workflow.WorkflowSignals.SignalResult;
import org.junit.jupiter.api.Test;

class RecordingSignalsTest {

    private static final TaskToken TOKEN = new TaskToken("secret-token");

    private final RecordingSignals signals = new RecordingSignals();

    @Test
    void shouldDeliverOneAnswerForEachToken() {
        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.DELIVERED);
        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.SUPERSEDED);
        assertThat(signals.failure(TOKEN, "Job.Failed", "why")).isEqualTo(SignalResult.SUPERSEDED);
        assertThat(signals.delivered()).containsExactly(new Signal.Success(TOKEN, "{}"));
    }

    @Test
    void shouldDeliverAfterAnAnswerThatDidNotArrive() {
        signals.answerNext(SignalResult.UNAVAILABLE);

        assertThat(signals.failure(TOKEN, "Job.Failed", "why")).isEqualTo(SignalResult.UNAVAILABLE);
        assertThat(signals.delivered()).isEmpty();
        assertThat(signals.failure(TOKEN, "Job.Failed", "why")).isEqualTo(SignalResult.DELIVERED);
    }

    @Test
    void shouldRefuseATokenThatExpired() {
        signals.expire(TOKEN);

        assertThat(signals.success(TOKEN, "{}")).isEqualTo(SignalResult.SUPERSEDED);
        assertThat(signals.delivered()).isEmpty();
    }

    @Test
    void shouldNeverPrintAToken() {
        signals.success(TOKEN, "{}");

        assertThat(signals.delivered().toString()).doesNotContain("secret-token");
    }
}

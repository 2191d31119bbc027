package io.stepyard.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shape of both tables (I22). */
class LifecyclesTest {

    @Test
    void shouldEndJobsInExactlyFourStates() {
        assertThat(Arrays.stream(JobState.values()).filter(JobState::isFinal)).containsExactlyInAnyOrder(
                JobState.SUCCEEDED,
                JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED);
    }

    @Test
    void shouldEndAttemptsInExactlySixStates() {
        assertThat(Arrays.stream(AttemptState.values()).filter(AttemptState::isFinal)).containsExactlyInAnyOrder(
                AttemptState.SUCCEEDED, AttemptState.FAILED, AttemptState.TIMED_OUT, AttemptState.CANCELLED,
                AttemptState.LOST,
                AttemptState.EXPIRED);
    }

    @Test
    void shouldReachEveryStateAndLeadEveryLivingStateToAnEnd() {
        assertThat(reachable(Lifecycles.JOB, JobState.QUEUED, JobState.class))
                .containsExactlyInAnyOrder(JobState.values());
        assertThat(reachable(Lifecycles.ATTEMPT, AttemptState.GRANTED, AttemptState.class))
                .containsExactlyInAnyOrder(AttemptState.values());
        for (JobState state : JobState.values()) {
            assertThat(reachable(Lifecycles.JOB, state, JobState.class)).as("from %s", state)
                    .anyMatch(JobState::isFinal);
        }
    }

    @Test
    void shouldRefuseWhatTheTableDoesNotHaveAndNameBothSides() {
        assertThatThrownBy(() -> Lifecycles.JOB.after(JobState.SUCCEEDED, JobTransition.START))
                .isInstanceOf(IllegalTransition.class).hasMessageContaining("START").hasMessageContaining("SUCCEEDED");
        assertThatThrownBy(() -> Lifecycles.JOB.after(JobState.QUEUED, JobTransition.START))
                .isInstanceOf(IllegalTransition.class);
    }

    @Test
    void shouldHoldAReservationFromTheGrantUntilAConfirmedEnd() {
        for (Lifecycle.Transition<JobState, JobTransition> row : Lifecycles.JOB.transitions()) {
            if (!row.from().holdsReservation() && row.to().holdsReservation()) {
                assertThat(row.on()).as("%s", row).isEqualTo(JobTransition.GRANT);
            }
        }
        assertThat(JobState.UNKNOWN.holdsReservation()).isTrue();
        assertThat(JobState.CANCELLING.holdsReservation()).isTrue();
    }

    @Test
    void shouldGiveEveryStateItsOwnCode() {
        assertThat(Arrays.stream(JobState.values()).map(JobState::code)).doesNotHaveDuplicates()
                .allMatch(code -> code.length() == 2);
    }

    private static <S extends Enum<S>, T extends Enum<T>> Set<S> reachable(Lifecycle<S, T> table, S from,
            Class<S> states) {
        Set<S> seen = EnumSet.of(from);
        Deque<S> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            S state = next.remove();
            table.transitions().stream().filter(row -> row.from() == state).map(Lifecycle.Transition::to)
                    .filter(seen::add)
                    .forEach(next::add);
        }
        assertThat(seen).isSubsetOf(EnumSet.allOf(states));
        return seen;
    }
}

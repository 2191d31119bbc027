package io.stepyard.core.job;

import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a cluster is believed that it does not have an attempt. Not at once: a submission may still be on its way, and a cluster that has
 * just been restarted, or that moves an ended job from one list to another, may not find what it has. It has to say so twice, with nothing
 * else between and {@link #GRACE} apart (decision 6).
 */
final class NotFoundRule {

    /** Type of the event that is written at the first denial. */
    static final String NOT_FOUND = "AttemptNotFound";

    /** Longer than a call of a function (75 s), the delivery of its last submission (25 s) and the error of two clocks (10 s each). */
    static final Duration GRACE = Duration.ofMinutes(2);

    private NotFoundRule() {}

    /** What a denial is worth. */
    enum Weight {
        FIRST, TOO_SOON, BELIEVED
    }

    /** @param run as stored, before this denial */
    static Weight weigh(JobRun run, Instant now) {
        return firstDenial(run)
                .map(event -> now.isBefore(event.at().plus(GRACE)) ? Weight.TOO_SOON : Weight.BELIEVED)
                .orElse(Weight.FIRST);
    }

    /** The attempt has been seen by other means: denials so far count no more. */
    static Optional<JobRun> seenAgain(JobRun run, Instant now) {
        return firstDenial(run).isPresent() ? Optional.of(RunSteps.foundAgain(run, now)) : Optional.empty();
    }

    private static Optional<JobEvent> firstDenial(JobRun run) {
        boolean waiting = run.state() == JobState.UNKNOWN || run.state() == JobState.CANCELLING;
        return waiting && !run.events().isEmpty() && run.events().getLast().type().equals(NOT_FOUND)
                ? Optional.of(run.events().getLast())
                : Optional.empty();
    }
}

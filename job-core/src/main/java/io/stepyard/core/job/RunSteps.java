package io.stepyard.core.job;

import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.Hold;
import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.job.JobSpec;
import io.stepyard.model.lifecycle.AttemptState;
import io.stepyard.model.lifecycle.AttemptTransition;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.lifecycle.JobTransition;
import io.stepyard.model.lifecycle.Lifecycles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The next row of a job after each thing that can happen to it. Pure; every step goes through the lifecycle tables. */
public final class RunSteps {

    /** Type of the event that is written before every submission. */
    static final String SUBMISSION_ANNOUNCED = "SubmissionAnnounced";

    private RunSteps() {}

    public static JobRun accepted(String jobId, JobSpec spec, String executionArn, TaskToken token, Instant submittedAt,
            Instant now) {
        JobEvent event = new JobEvent(now, "JobQueued", "queue-request",
                "Accepted with priority " + spec.priority() + ", asks for " + spec.resources());
        return new JobRun(jobId, 1, spec, JobState.QUEUED, executionArn, token, submittedAt, now, now, null, List.of(),
                null,
                List.of(event));
    }

    /** A further wait in the queue, after a backoff or with a grant that was not used. */
    public static JobRun requeued(JobRun run, TaskToken token, Instant now) {
        Draft draft = new Draft(run, JobTransition.REQUEUE, now);
        draft.token = token;
        draft.queuedAt = now;
        return draft.event("JobQueued", "queue-request", "Waits for attempt " + (run.attempts().size() + 1)).build();
    }

    /** The same wait with a newer token: the state machine has repeated its request. */
    public static JobRun retokened(JobRun run, TaskToken token, Instant now) {
        Draft draft = new Draft(run, now);
        draft.token = token;
        return draft.build();
    }

    /** Not to be started until it is released. */
    public static JobRun held(JobRun run, String actor, String reason, Instant now) {
        Draft draft = new Draft(run, now);
        draft.hold = new Hold(now, actor, reason);
        return draft.event("JobHeld", actor, reason).build();
    }

    public static JobRun released(JobRun run, String actor, Instant now) {
        Draft draft = new Draft(run, now);
        draft.hold = null;
        return draft.event("JobReleased", actor, "May be started again").build();
    }

    /** Another priority; its time in the queue goes on. */
    public static JobRun reprioritised(JobRun run, int priority, String actor, String reason, Instant now) {
        Draft draft = new Draft(run, now);
        draft.spec = run.spec().withPriority(priority);
        return draft.event("PriorityChanged", actor,
                "From " + run.spec().priority() + " to " + priority + (reason.isEmpty() ? "" : ": " + reason)).build();
    }

    public static JobRun granted(JobRun run, String cluster, long epoch, Instant now) {
        int number = run.attempts().size() + 1;
        Draft draft = new Draft(run, JobTransition.GRANT, now);
        draft.attempts.add(new Attempt(number, cluster, run.spec().resources(), "e" + epoch + "-a" + number, epoch,
                AttemptState.GRANTED, now, null, null, null, null));
        return draft
                .event("JobGranted", "scheduler",
                        "Attempt " + number + " gets " + run.spec().resources() + " on " + cluster)
                .build();
    }

    /** Announces the submission; from here on the cluster may have the attempt. The token has done its work. */
    public static JobRun starting(JobRun run, Instant now) {
        Draft draft = new Draft(run, JobTransition.START, now);
        draft.token = null;
        draft.attempt(AttemptTransition.START);
        return draft.event(SUBMISSION_ANNOUNCED, "adapter", "Submits attempt " + run.attempts().size()).build();
    }

    public static JobRun submitted(JobRun run, String clusterJobId, Instant now) {
        Draft draft = new Draft(run, now);
        draft.latest(a -> new Attempt(a.number(), a.cluster(), a.resources(), a.grantId(), a.epoch(), a.state(),
                a.grantedAt(),
                clusterJobId, a.startedAt(), a.endedAt(), a.failure()));
        return draft.event("JobSubmitted", "adapter", "The cluster has it as " + clusterJobId).build();
    }

    public static JobRun seenPending(JobRun run, Instant now) {
        Draft draft = new Draft(run, JobTransition.SEE_PENDING, now);
        draft.attempt(AttemptTransition.SEE_PENDING);
        return draft.build();
    }

    public static JobRun seenRunning(JobRun run, Instant startedAt, Instant now) {
        Draft draft = new Draft(run, JobTransition.SEE_RUNNING, now);
        draft.attempt(AttemptTransition.SEE_RUNNING);
        draft.times(startedAt, null);
        return draft.event("JobRunning", "adapter", "Runs since " + startedAt).build();
    }

    public static JobRun lostFromSight(JobRun run, String detail, Instant now) {
        Draft draft = new Draft(run, JobTransition.LOSE_SIGHT, now);
        draft.attempt(AttemptTransition.LOSE_SIGHT);
        return draft.event("ClusterOutOfSight", "adapter", detail).build();
    }

    /** The cluster answers and says that it does not have the attempt; too soon to believe it, see {@link NotFoundRule}. */
    public static JobRun notFound(JobRun run, Instant now) {
        boolean outOfSight = run.state() == JobState.UNKNOWN || run.state() == JobState.CANCELLING;
        Draft draft = outOfSight ? new Draft(run, now) : new Draft(run, JobTransition.LOSE_SIGHT, now);
        if (!outOfSight) {
            draft.attempt(AttemptTransition.LOSE_SIGHT);
        }
        return draft.event(NotFoundRule.NOT_FOUND, "adapter", "The cluster says that it does not have attempt "
                + run.attempts().size() + "; it is asked again before that is believed").build();
    }

    /** The cluster has the attempt after all. */
    public static JobRun foundAgain(JobRun run, Instant now) {
        return new Draft(run, now).event("AttemptFoundAgain", "adapter", "The cluster has it after all").build();
    }

    /** The submission is made once more, under the same key. */
    public static JobRun submittingAgain(JobRun run, Instant now) {
        return new Draft(run, now)
                .event(SUBMISSION_ANNOUNCED, "adapter", "Submits attempt " + run.attempts().size() + " again").build();
    }

    public static JobRun succeeded(JobRun run, Instant startedAt, Instant endedAt, Instant now) {
        Draft draft = new Draft(run, JobTransition.SUCCEED, now);
        draft.attempt(AttemptTransition.SUCCEED);
        draft.times(startedAt, endedAt);
        draft.endedAt = now;
        return draft.event("JobSucceeded", "adapter", "Ended well after " + text(startedAt, endedAt)).build();
    }

    /** An attempt that held a reservation has failed; the retry policy says whether the job goes on. */
    public static JobRun failed(JobRun run, Failure failure, @Nullable Instant startedAt, Instant endedAt,
            Instant now) {
        boolean again = failure.mayPassByItself()
                && run.spec().retry().allowsAnother(run.attempts().size(), failure.failureClass());
        boolean timedOut = failure.failureClass() == FailureClass.TIME_LIMIT;
        JobTransition transition = again
                ? JobTransition.BACK_OFF
                : timedOut ? JobTransition.TIME_OUT : JobTransition.FAIL;
        Draft draft = new Draft(run, transition, now);
        draft.attempt(attemptEnd(failure.failureClass()));
        draft.times(startedAt, endedAt);
        draft.latest(a -> new Attempt(a.number(), a.cluster(), a.resources(), a.grantId(), a.epoch(), a.state(),
                a.grantedAt(),
                a.clusterJobId(), a.startedAt(), a.endedAt(), failure));
        if (!again) {
            draft.endedAt = now;
            draft.failure = failure;
        }
        String next = again
                ? "; goes back to the queue in " + run.spec().retry().backoffAfter(run.attempts().size()).toSeconds()
                        + " s"
                : "; no further attempt";
        return draft
                .event("AttemptFailed", "adapter",
                        failure.failureClass() + " " + failure.code() + ": " + failure.message() + next)
                .build();
    }

    /** The error output of the latest attempt's failure has been fetched late. */
    public static JobRun withErrorOutput(JobRun run, Failure failure, Instant now) {
        Draft draft = new Draft(run, now);
        draft.latest(a -> new Attempt(a.number(), a.cluster(), a.resources(), a.grantId(), a.epoch(), a.state(),
                a.grantedAt(),
                a.clusterJobId(), a.startedAt(), a.endedAt(), failure));
        if (run.failure() != null) {
            draft.failure = failure;
        }
        return draft.build();
    }

    public static JobRun askedToCancel(JobRun run, String actor, String reason, Instant now) {
        Draft draft = new Draft(run, JobTransition.ASK_CANCEL, now);
        draft.attempt(AttemptTransition.ASK_CANCEL);
        return draft.event("CancelAsked", actor, reason).build();
    }

    /**
     * Ended because somebody asked for it; nothing is left on a cluster. A token that may not have been answered stays in the row, so that
     * a repeated cancel can answer it.
     */
    public static JobRun cancelled(JobRun run, String actor, String reason, @Nullable Instant startedAt, Instant now) {
        Draft draft = new Draft(run, JobTransition.CANCEL, now);
        if (run.liveAttempt().isPresent()) {
            draft.attempt(AttemptTransition.CANCEL);
            draft.times(startedAt, now);
        }
        draft.endedAt = now;
        return draft.event("JobCancelled", actor, reason).build();
    }

    /** Its execution was stopped before anything ran: cancelled, and no token is left to answer. */
    public static JobRun stopped(JobRun run, String why, Instant now) {
        Draft draft = new Draft(run, JobTransition.CANCEL, now);
        if (run.liveAttempt().isPresent()) {
            draft.attempt(AttemptTransition.CANCEL);
            draft.times(null, now);
        }
        draft.token = null;
        draft.endedAt = now;
        return draft.event("JobCancelled", "job-manager", why).build();
    }

    /** Ended by the job manager before anything ran: refused late, waited too long, or its execution is gone. */
    public static JobRun abandoned(JobRun run, Failure failure, Instant now) {
        Draft draft = new Draft(run, JobTransition.FAIL, now);
        if (run.state() == JobState.GRANTED) {
            draft.attempt(AttemptTransition.EXPIRE);
            draft.times(null, now);
        }
        draft.token = null;
        draft.endedAt = now;
        draft.failure = failure;
        return draft.event("JobAbandoned", "job-manager", failure.message()).build();
    }

    private static AttemptTransition attemptEnd(FailureClass failure) {
        return switch (failure) {
            case TIME_LIMIT -> AttemptTransition.TIME_OUT;
            case LOST -> AttemptTransition.VANISH;
            case USER_ERROR, INFRASTRUCTURE, REFUSED -> AttemptTransition.FAIL;
        };
    }

    private static String text(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0 + " s";
    }

    /** The row under change; exists within one step only. */
    private static final class Draft {
        private final JobRun run;
        private final JobState state;
        private final Instant now;
        private final List<Attempt> attempts;
        private final List<JobEvent> events;
        private @Nullable TaskToken token;
        private Instant queuedAt;
        private @Nullable Instant endedAt;
        private @Nullable Failure failure;
        private @Nullable Hold hold;
        private JobSpec spec;

        Draft(JobRun run, JobTransition transition, Instant now) {
            this(run, Lifecycles.JOB.after(run.state(), transition), now);
        }

        Draft(JobRun run, Instant now) {
            this(run, run.state(), now);
        }

        private Draft(JobRun run, JobState state, Instant now) {
            this.run = run;
            this.state = state;
            this.now = now;
            this.attempts = new ArrayList<>(run.attempts());
            this.events = new ArrayList<>(run.events());
            this.token = run.token();
            this.queuedAt = run.queuedAt();
            this.endedAt = run.endedAt();
            this.failure = run.failure();
            this.hold = run.hold();
            this.spec = run.spec();
        }

        void latest(UnaryOperator<Attempt> change) {
            attempts.set(attempts.size() - 1, change.apply(attempts.getLast()));
        }

        void attempt(AttemptTransition transition) {
            latest(a -> new Attempt(a.number(), a.cluster(), a.resources(), a.grantId(), a.epoch(),
                    Lifecycles.ATTEMPT.after(a.state(), transition), a.grantedAt(), a.clusterJobId(), a.startedAt(),
                    a.endedAt(),
                    a.failure()));
        }

        void times(@Nullable Instant startedAt, @Nullable Instant attemptEndedAt) {
            latest(a -> new Attempt(a.number(), a.cluster(), a.resources(), a.grantId(), a.epoch(), a.state(),
                    a.grantedAt(),
                    a.clusterJobId(), startedAt == null ? a.startedAt() : startedAt, attemptEndedAt, a.failure()));
        }

        Draft event(String type, String actor, String detail) {
            events.add(new JobEvent(now, type, actor, detail));
            return this;
        }

        JobRun build() {
            return new JobRun(run.jobId(), run.version() + 1, spec, state, run.executionArn(), token,
                    run.submittedAt(), queuedAt,
                    now, endedAt, attempts, failure, events, hold);
        }
    }
}

package io.stepyard.core.job;

import io.stepyard.core.store.JobRun;
import java.util.Optional;
import java.util.function.BiFunction;
import java.time.Instant;
import io.stepyard.model.lifecycle.JobState;

/**
 * Holds a waiting job, releases it, or gives it another priority. Each may arrive twice: what is as asked for already is left alone. The
 * job keeps its token and the time it has waited.
 */
public final class SteerJob {

    private final JobDesk desk;

    public SteerJob(JobDesk desk) {
        this.desk = desk;
    }

    /**
     * What became of a command.
     *
     * @param run the job afterwards
     * @param done false when the job does not wait any more, so that the command could not be followed
     */
    public record Steered(JobRun run, boolean done) {}

    /** From the moment this returns done, the job is not granted until it is released; a job that waits for its retry is held likewise. */
    public Optional<Steered> hold(String jobId, String actor, String reason) {
        return steer(jobId, JobRun::isHeld, (run, now) -> RunSteps.held(run, actor, reason, now));
    }

    /** The job may start again. Done as well for a job that nobody holds, whatever has become of it. */
    public Optional<Steered> release(String jobId, String actor) {
        return steer(jobId, run -> !run.isHeld(), (run, now) -> RunSteps.released(run, actor, now));
    }

    /**
     * @param priority 0 to 9999, higher first
     * @param reason kept in the job's history; may be empty
     */
    public Optional<Steered> prioritise(String jobId, int priority, String actor, String reason) {
        return steer(jobId, run -> run.spec().priority() == priority,
                (run, now) -> RunSteps.reprioritised(run, priority, actor, reason, now));
    }

    private Optional<Steered> steer(String jobId, java.util.function.Predicate<JobRun> isSo,
            BiFunction<JobRun, Instant, JobRun> step) {
        Optional<JobDesk.Change> change = desk.change(jobId, run -> isSo.test(run) || !waits(run.state())
                ? Optional.empty()
                : Optional.of(step.apply(run, desk.clock().instant())));
        change.filter(made -> !made.before().equals(made.after())).ifPresent(made -> desk.kick().kick());
        return change.map(made -> new Steered(made.after(), isSo.test(made.after())));
    }

    private static boolean waits(JobState state) {
        return switch (state) {
            case QUEUED, BACKOFF -> true;
            case GRANTED, STARTING, RUNNING, UNKNOWN, CANCELLING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> false;
        };
    }
}

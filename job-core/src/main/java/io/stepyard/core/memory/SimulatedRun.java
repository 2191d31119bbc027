package io.stepyard.core.memory;

import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a simulated cluster. What it is at an instant follows from its script and from what was done to it before. */
final class SimulatedRun {

    private final String id;
    private final Submission submission;
    private final Instant startsAt;
    private final String output;
    private String errorOutput;
    /** The end as far as it is settled by now: by script, by time limit, or by a hand from outside. */
    private Observation end;
    private Instant endsAt;

    SimulatedRun(String id, Submission submission, RunScript script, Instant now) {
        this.id = id;
        this.submission = submission;
        this.startsAt = now.plus(script.startDelay());
        this.output = script.output();
        this.errorOutput = script.errorOutput();
        Instant limit = startsAt.plus(submission.spec().timeLimit());
        Instant own = script.runTime() == null ? Instant.MAX : startsAt.plus(script.runTime());
        if (own.isAfter(limit)) {
            endsAt = limit;
            end = failed(limit, FailureClass.TIME_LIMIT, "TIME_LIMIT", "ended at its time limit", null);
        } else {
            endsAt = own;
            end = exited(own, script.exitCode());
        }
    }

    private Observation exited(Instant at, int exitCode) {
        return exitCode == 0
                ? new Observation.Succeeded(startsAt, at)
                : failed(at, FailureClass.USER_ERROR, "EXIT_" + exitCode, "exit code " + exitCode, exitCode);
    }

    private Observation failed(Instant at, FailureClass failureClass, String code, String message,
            @Nullable Integer exitCode) {
        return new Observation.Failed(at.isBefore(startsAt) ? null : startsAt, at,
                new Failure(failureClass, code, message, exitCode, null));
    }

    String id() {
        return id;
    }

    Resources resources() {
        return submission.spec().resources();
    }

    boolean isLive(Instant now) {
        return now.isBefore(endsAt);
    }

    Observation observe(Instant now) {
        if (!isLive(now)) {
            return end;
        }
        return now.isBefore(startsAt) ? new Observation.Pending() : new Observation.Running(startsAt);
    }

    void finish(Instant now, int exitCode, String errors) {
        if (isLive(now)) {
            errorOutput = errors;
            settle(now, exited(now, exitCode));
        }
    }

    void cancel(Instant now) {
        if (isLive(now)) {
            settle(now, new Observation.Cancelled(now.isBefore(startsAt) ? null : startsAt, now));
        }
    }

    void kill(Instant now) {
        if (isLive(now)) {
            settle(now,
                    failed(now, FailureClass.INFRASTRUCTURE, "KILLED", "ended by the shutdown of its cluster", null));
        }
    }

    private void settle(Instant now, Observation how) {
        endsAt = now;
        end = how;
    }

    String output(Instant now) {
        return isLive(now) ? "" : output;
    }

    String errorOutput(Instant now) {
        return isLive(now) ? "" : errorOutput;
    }
}

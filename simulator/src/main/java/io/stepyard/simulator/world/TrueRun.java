package io.stepyard.simulator.world;

import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run on a cluster as it really is, whatever the cluster says or remembers of it. */
final class TrueRun {

    /** How it ends, or has ended. */
    enum End {
        WELL, BADLY, TIME_LIMIT, KILLED, CANCELLED, LOST
    }

    private final String id;
    private final Submission submission;
    private final Duration runTime;
    private final int exitCode;
    private Instant startsAt;
    private Instant endsAt;
    private End end;
    private Instant hiddenUntil = Instant.MIN;
    private boolean forgotten;

    TrueRun(String id, Submission submission, Instant startsAt, Duration runTime, int exitCode) {
        this.id = id;
        this.submission = submission;
        this.runTime = runTime;
        this.exitCode = exitCode;
        this.startsAt = startsAt;
        Duration limit = submission.spec().timeLimit();
        boolean tooLong = runTime.compareTo(limit) > 0;
        this.endsAt = startsAt.plus(tooLong ? limit : runTime);
        this.end = tooLong ? End.TIME_LIMIT : exitCode == 0 ? End.WELL : End.BADLY;
    }

    String id() {
        return id;
    }

    String key() {
        return submission.key();
    }

    String jobId() {
        return submission.jobId();
    }

    Resources resources() {
        return submission.spec().resources();
    }

    boolean isLive(Instant now) {
        return now.isBefore(endsAt);
    }

    boolean isRunning(Instant now) {
        return isLive(now) && !now.isBefore(startsAt);
    }

    End end() {
        return end;
    }

    int exitCode() {
        return exitCode;
    }

    /** Whether the cluster would find it. */
    boolean isKnown(Instant now) {
        return !forgotten && !now.isBefore(hiddenUntil);
    }

    boolean isForgotten() {
        return forgotten;
    }

    void hide(Instant until) {
        hiddenUntil = until;
    }

    void forget() {
        forgotten = true;
    }

    /** Ends it now, if it has not ended. */
    void settle(Instant now, End how) {
        if (isLive(now)) {
            endsAt = now;
            end = how;
        }
    }

    /** A node was lost: the cluster starts it once more. */
    void requeue(Instant startsAgain) {
        Duration limit = submission.spec().timeLimit();
        startsAt = startsAgain;
        endsAt = startsAgain.plus(runTime.compareTo(limit) > 0 ? limit : runTime);
    }

    static String errorOutput(String key) {
        return "what " + key + " had to say\n";
    }

    Observation observe(Instant now) {
        if (isLive(now)) {
            return now.isBefore(startsAt) ? new Observation.Pending() : new Observation.Running(startsAt);
        }
        Instant began = startsAt.isAfter(endsAt) ? endsAt : startsAt;
        return switch (end) {
            case WELL -> new Observation.Succeeded(began, endsAt);
            case BADLY -> failed(began, FailureClass.USER_ERROR, "EXIT_" + exitCode, exitCode);
            case TIME_LIMIT -> failed(began, FailureClass.TIME_LIMIT, "TIME_LIMIT", null);
            case KILLED, LOST -> failed(began, FailureClass.INFRASTRUCTURE, "KILLED", null);
            case CANCELLED -> new Observation.Cancelled(began, endsAt);
        };
    }

    private Observation failed(Instant began, FailureClass failureClass, String code,
            @Nullable Integer exit) {
        return new Observation.Failed(began, endsAt, new Failure(failureClass, code, "ended as " + end, exit, null));
    }
}

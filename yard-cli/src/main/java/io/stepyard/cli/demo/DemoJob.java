package io.stepyard.cli.demo;

import io.stepyard.cli.api.AttemptView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.api.JobSummary;
import io.stepyard.core.job.Fault;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One example on its way.
 *
 * @param name the job's own name
 * @param jobId null until it has been submitted
 * @param faults why it was refused; empty unless it was
 * @param live the last line seen of it while it lived; null before
 * @param end all there is to know about it; null until it has ended
 */
record DemoJob(Manifest.Entry entry, String name, @Nullable String jobId, List<Fault> faults, @Nullable JobSummary live,
        @Nullable JobDetail end) {

    private static final String NOT_YET = "-";

    DemoJob {
        faults = List.copyOf(faults);
    }

    static DemoJob planned(Manifest.Entry entry, String name) {
        return new DemoJob(entry, name, null, List.of(), null, null);
    }

    DemoJob submitted(String id) {
        return new DemoJob(entry, name, id, faults, live, end);
    }

    DemoJob refused(List<Fault> found) {
        return new DemoJob(entry, name, jobId, found, live, end);
    }

    DemoJob seen(JobSummary line) {
        return new DemoJob(entry, name, jobId, faults, line, end);
    }

    DemoJob ended(JobDetail detail) {
        return new DemoJob(entry, name, jobId, faults, live, detail);
    }

    boolean isRefused() {
        return !faults.isEmpty();
    }

    boolean isOver() {
        return isRefused() || end != null;
    }

    boolean isPlanned() {
        return jobId == null && !isRefused();
    }

    /** A job state, or what stands for it before and beside a life in the queue. */
    String state() {
        if (isRefused()) {
            return Expectation.REFUSED;
        }
        if (end != null) {
            return end.state().name();
        }
        if (live != null) {
            return live.state().name();
        }
        return jobId == null ? "planned" : "submitted";
    }

    /** Where it runs or ran, or why it waits. */
    String place() {
        if (end != null) {
            return Objects.requireNonNullElse(end.cluster(), NOT_YET);
        }
        if (live == null) {
            return "";
        }
        if (live.state().holdsReservation()) {
            return Objects.requireNonNullElse(live.cluster(), NOT_YET);
        }
        return live.reason() == null ? "" : "(" + live.reason() + ")";
    }

    boolean isRunning() {
        return end == null && live != null && live.state() == JobState.RUNNING;
    }

    Optional<Instant> submittedAt() {
        return Optional.ofNullable(end).map(job -> job.submittedAt() == null ? job.queuedAt() : job.submittedAt());
    }

    /** When its first attempt started. */
    Optional<Instant> firstStart() {
        return end == null
                ? Optional.empty()
                : end.attempts().stream().map(AttemptView::startedAt).filter(Objects::nonNull)
                        .map(Objects::requireNonNull).min(Instant::compareTo);
    }

    Optional<Duration> waitTime() {
        return submittedAt().flatMap(from -> firstStart().map(to -> Duration.between(from, to)));
    }

    /** Time of all attempts together, without the pauses between them. */
    Optional<Duration> runTime() {
        return end == null
                ? Optional.empty()
                : end.attempts().stream().filter(DemoJob::hasRun).map(DemoJob::length).reduce(Duration::plus);
    }

    private static boolean hasRun(AttemptView attempt) {
        return attempt.startedAt() != null && attempt.endedAt() != null;
    }

    private static Duration length(AttemptView attempt) {
        return Duration.between(Objects.requireNonNull(attempt.startedAt()),
                Objects.requireNonNull(attempt.endedAt()));
    }
}

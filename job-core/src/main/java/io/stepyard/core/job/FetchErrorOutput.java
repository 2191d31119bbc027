package io.stepyard.core.job;

import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.Failure;
import io.stepyard.model.lifecycle.JobState;
import java.time.Duration;
import java.util.Optional;

/** Brings back the cluster's own error output of an ended attempt, and says whether the job goes on (A15, A16, A33). */
public final class FetchErrorOutput {

    private final JobDesk desk;

    public FetchErrorOutput(JobDesk desk) {
        this.desk = desk;
    }

    /**
     * @throws GrantExpired when the job has not ended and waits for nothing
     * @throws RetryLater when the cluster does not give the output now and {@code lastTry} is false
     */
    public ErrorReply fetch(Grant grant, boolean lastTry) {
        JobRun run = desk.store().run(grant.jobId())
                .orElseThrow(() -> new GrantExpired("There is no job " + grant.jobId()));
        if (run.state() == JobState.CANCELLED) {
            return new ErrorReply(false, 1, ErrorReply.CANCELLED, whyCancelled(run));
        }
        Failure failure = run.latestAttempt().map(Attempt::failure).orElse(run.failure());
        if (failure == null || (run.state() != JobState.BACKOFF && !run.state().isFinal())) {
            throw new GrantExpired("Job " + run.jobId() + " has no failed attempt to tell of; it is " + run.state());
        }
        Failure told = failure.errorOutput() == null ? withOutput(run, failure, lastTry) : failure;
        boolean retry = run.state() == JobState.BACKOFF;
        Duration backoff = run.spec().retry().backoffAfter(run.attempts().size());
        int waitSeconds = (int) Math.max(1, backoff.plusMillis(999).toSeconds());
        return new ErrorReply(retry, waitSeconds, told.failureClass().name(), cause(run, told));
    }

    private Failure withOutput(JobRun run, Failure failure, boolean lastTry) {
        Attempt attempt = run.attempts().getLast();
        Optional<ClusterRecord> cluster = desk.clusters().cluster(attempt.cluster());
        if (cluster.isEmpty()) {
            return failure.withErrorOutput(
                    "(error output is not available: cluster " + attempt.cluster() + " is not registered)");
        }
        try {
            String output = desk.gateway().errorOutput(cluster.get(), Attempt.key(run.jobId(), attempt.number()),
                    attempt.clusterJobId(), Failure.MAX_ERROR_OUTPUT_BYTES);
            Failure told = failure.withErrorOutput(output);
            desk.change(run.jobId(), stored -> stored.version() == run.version()
                    ? Optional.of(RunSteps.withErrorOutput(stored, told, desk.clock().instant()))
                    : Optional.empty());
            return told;
        } catch (ClusterUnavailable e) {
            if (!lastTry) {
                throw new RetryLater("The error output of job " + run.jobId() + " is not available: " + e.getMessage(),
                        e);
            }
            return failure.withErrorOutput("(error output is not available: " + e.getMessage() + ")");
        }
    }

    private static String cause(JobRun run, Failure failure) {
        String where = run.latestAttempt().map(attempt -> " on " + attempt.cluster() + " (attempt " + attempt.number()
                + " of " + run.spec().retry().maxAttempts() + ")").orElse("");
        String head = failure.code() + where + ": " + failure.message();
        String output = failure.errorOutput();
        String tail = output == null || output.isBlank() ? "" : "\n" + output;
        // The end of the output says most: it is the sentence before it that is cut.
        int room = Math.max(0, ErrorReply.MAX_CAUSE_CHARACTERS - tail.length());
        String text = head.substring(0, Math.min(head.length(), room)) + tail;
        return text.substring(Math.max(0, text.length() - ErrorReply.MAX_CAUSE_CHARACTERS));
    }

    /** The reason of whoever asked, rather than the cluster's word that it is done. */
    private static String whyCancelled(JobRun run) {
        return run.events().reversed().stream().filter(event -> event.type().equals("CancelAsked")).findFirst()
                .or(() -> run.events().reversed().stream().findFirst()).map(JobEvent::detail)
                .orElse("The job was cancelled");
    }
}

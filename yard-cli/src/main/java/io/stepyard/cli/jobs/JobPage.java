package io.stepyard.cli.jobs;

import io.stepyard.cli.api.AttemptView;
import io.stepyard.cli.api.FailureView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.cli.api.ReasonView;
import io.stepyard.cli.text.Sizes;
import io.stepyard.cli.text.Table;
import io.stepyard.cli.text.Text;
import io.stepyard.cli.text.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One job on one page, for people. */
final class JobPage {

    private static final int MAX_ERROR_LINES = 20;

    private JobPage() {}

    static void print(JobDetail job, Instant now, PrintWriter out) {
        out.println(job.jobId() + "  " + job.state() + (job.cluster() == null ? "" : " on " + job.cluster()));
        field(out, "name", job.name() + ", tenant " + job.tenant() + ", priority " + job.priority());
        field(out, "asks for", Sizes.cpu(job.cpuMillicores()) + " cores, " + Sizes.memory(job.memoryMib())
                + ", at most " + Times.clock(Duration.ofSeconds(job.timeLimitSeconds())));
        field(out, "runs", command(job.job()));
        field(out, "submitted", Times.instant(job.submittedAt()));
        field(out, "started", job.startedAt() == null
                ? "not yet"
                : Times.instant(job.startedAt()) + ", " + Times.between(job.submittedAt(), job.startedAt())
                        + " after submission");
        field(out, "ended", job.endedAt() == null
                ? "not yet"
                : Times.instant(job.endedAt()) + ", after " + Times.between(job.startedAt(), job.endedAt()));
        if (job.executionArn() != null) {
            field(out, "execution", job.executionArn());
        }
        if (!job.state().isFinal() && !job.state().holdsReservation()) {
            field(out, "waits", Objects.requireNonNullElse(job.reason(), "not examined yet"));
        }
        attempts(job, now, out);
        reasons(job, out);
        failure(job.wholeFailure(), job.jobId(), out);
    }

    private static void field(PrintWriter out, String name, String value) {
        out.println("  " + name + " ".repeat(12 - name.length()) + value);
    }

    private static String command(@Nullable JsonNode job) {
        if (job == null) {
            return "-";
        }
        StringBuilder words = new StringBuilder();
        job.path("run").path("command").forEach(word -> words.append(words.isEmpty() ? "" : " ").append(
                word.asString("")));
        return words.isEmpty() ? job.path("run").path("kind").asString("-") : words.toString();
    }

    private static void attempts(JobDetail job, Instant now, PrintWriter out) {
        if (job.attempts().isEmpty()) {
            return;
        }
        Table table = new Table(">#", "CLUSTER", "STATE", "STARTED", ">TIME", "ON THE CLUSTER", "FAILURE");
        for (AttemptView attempt : job.attempts()) {
            FailureView failure = attempt.failure();
            table.row(Integer.toString(attempt.number()), attempt.cluster(), attempt.state().name(),
                    Times.instant(attempt.startedAt()),
                    Times.between(attempt.startedAt(), attempt.endedAt() == null ? now : attempt.endedAt()),
                    Objects.requireNonNullElse(attempt.clusterJobId(), "-"),
                    failure == null ? "-" : failure.failureClass() + ":" + failure.code());
        }
        out.println();
        out.println("Attempts");
        table.lines(0).forEach(line -> out.println("  " + line));
    }

    private static void reasons(JobDetail job, PrintWriter out) {
        if (job.reasons().isEmpty() || job.state().isFinal()) {
            return;
        }
        out.println();
        out.println("Why it waits, cluster by cluster");
        for (ReasonView reason : job.reasons()) {
            out.println("  " + Objects.requireNonNullElse(reason.cluster(), "all clusters") + "  "
                    + reason.category() + ":" + reason.code() + " - " + reason.text());
        }
    }

    private static void failure(@Nullable FailureView failure, String jobId, PrintWriter out) {
        if (failure == null) {
            return;
        }
        out.println();
        out.println("Why it failed");
        out.println("  " + failure.failureClass() + ":" + failure.code() + " - "
                + Text.printable(Objects.requireNonNullElse(failure.message(), "")));
        String output = failure.errorOutput();
        if (output != null && !output.isBlank()) {
            String[] lines = Text.printable(output).stripTrailing().split("\n");
            for (int line = Math.max(0, lines.length - MAX_ERROR_LINES); line < lines.length; line++) {
                out.println("  | " + lines[line]);
            }
        }
        out.println("  More: yard logs " + jobId + "   yard history " + jobId);
    }
}

package io.stepyard.cli.submit;

import io.stepyard.cli.api.FaultView;
import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.api.ReasonView;
import io.stepyard.cli.api.StartView;
import io.stepyard.cli.api.TestResult;
import io.stepyard.cli.jobs.StartText;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Surroundings;
import io.stepyard.cli.text.Json;
import io.stepyard.cli.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code yard submit} says, to people or to programs. */
final class SubmitReport {

    private static final int MAX_ERROR_LINES = 20;

    private final Surroundings around;
    private final boolean json;

    SubmitReport(Surroundings around, boolean json) {
        this.around = around;
        this.json = json;
    }

    void started(Submitter.Submitted job) {
        if (!json) {
            around.out().println("Submitted " + job.jobId() + "  (" + job.file() + ")");
            around.out().flush();
        }
    }

    void change(String jobId, JobOutcome outcome) {
        if (!json && !outcome.ended()) {
            around.err().println(jobId + "  " + outcome.state()
                    + (outcome.cluster() == null ? "" : " on " + outcome.cluster()));
            around.err().flush();
        }
    }

    void end(List<Submitter.Submitted> submitted, Map<String, JobOutcome> outcomes) {
        if (json) {
            List<Map<String, Object>> jobs = new ArrayList<>();
            for (Submitter.Submitted job : submitted) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("file", job.file());
                fields.put("jobId", job.jobId());
                fields.put("executionArn", job.executionArn());
                JobOutcome outcome = outcomes.get(job.jobId());
                if (outcome != null) {
                    fields.put("outcome", outcome);
                }
                jobs.add(fields);
            }
            Json.print(around.out(), "jobs", jobs);
            return;
        }
        outcomes.forEach(this::line);
        if (outcomes.isEmpty() && !submitted.isEmpty()) {
            around.out().println("Look further: yard queue   yard show " + submitted.getLast().jobId());
        }
    }

    private void line(String jobId, JobOutcome outcome) {
        if (!outcome.ended()) {
            around.out().println(jobId + "  " + outcome.state() + ", waiting was given up; it goes on: yard show "
                    + jobId);
            return;
        }
        StringBuilder line = new StringBuilder(jobId).append("  ").append(outcome.state());
        if (outcome.cluster() != null) {
            line.append(" on ").append(outcome.cluster());
        }
        if (outcome.runSeconds() != null) {
            line.append(String.format(Locale.ROOT, " after %.1f s", outcome.runSeconds()));
        }
        if (outcome.attempts() > 1) {
            line.append(", ").append(outcome.attempts()).append(" attempts");
        }
        around.out().println(line);
        if (outcome.problem() != null) {
            around.out().println("  " + Text.printable(outcome.problem()).strip().replace("\n", "\n  "));
        }
        String output = outcome.errorOutput();
        if (output != null && !output.isBlank()) {
            String[] lines = Text.printable(output).stripTrailing().split("\n");
            for (int at = Math.max(0, lines.length - MAX_ERROR_LINES); at < lines.length; at++) {
                around.out().println("  | " + lines[at]);
            }
        }
    }

    /** Tells every fault of every file; nothing has been started. */
    int refused(List<JobFile> jobs) {
        List<JobFile> invalid = jobs.stream().filter(job -> !job.isValid()).toList();
        if (json) {
            List<Map<String, Object>> refused = new ArrayList<>();
            invalid.forEach(job -> refused.add(ordered("file", job.label(), "faults", job.faults())));
            Json.print(around.out(), ordered("jobs", List.of(), "refused", refused));
            return ExitCode.REFUSED;
        }
        for (JobFile job : invalid) {
            around.err().println("yard: " + job.label() + " is no valid job, " + job.faults().size() + " fault(s):");
            job.faults().forEach(fault -> around.err().println("  " + fault));
        }
        around.err().println("Nothing was submitted. Mend the job and submit it again.");
        return ExitCode.REFUSED;
    }

    /** Asks the job API about each job and tells its answer. */
    int tests(List<JobFile> jobs, JobApiClient api) {
        List<Map<String, Object>> answers = new ArrayList<>();
        int exitCode = ExitCode.OK;
        for (JobFile job : jobs) {
            TestResult result = job.isValid()
                    ? api.test(job.json())
                    : new TestResult(false, job.faults().stream()
                            .map(fault -> new FaultView(fault.pointer(), fault.found(), fault.expected())).toList(),
                            List.of(), false, null, null, null, List.of());
            boolean taken = result.valid()
                    && (result.fits().isEmpty() || result.fits().stream().anyMatch(TestResult.Fit::fits));
            exitCode = taken ? exitCode : ExitCode.REFUSED;
            answers.add(ordered("file", job.label(), "result", result));
            if (!json) {
                print(job.label(), result, taken);
            }
        }
        if (json) {
            Json.print(around.out(), "tests", answers);
        }
        return exitCode;
    }

    private void print(String file, TestResult result, boolean taken) {
        String answer = result.wouldStartNow()
                ? "would start now on " + result.cluster()
                : taken ? "would wait" : "would be refused";
        around.out().println(file + "  " + answer);
        StartView start = result.start();
        if (taken && !result.wouldStartNow() && start != null) {
            around.out().println("  expected  " + StartText.place(start.expected()));
            around.out().println("  planned   " + StartText.place(start.planned()) + ", by time limits");
            around.out().println("  basis     " + start.basis());
        }
        if (taken && result.standing() != null) {
            around.out().println("  rank      " + StartText.standing(result.standing()));
        }
        result.faults().forEach(fault -> around.out().println("  " + (fault.pointer().isEmpty()
                ? "(the whole job)"
                : fault.pointer()) + ": found " + fault.found() + ", expected " + fault.expected()));
        if (!result.wouldStartNow()) {
            Set<String> never = result.fits().stream().filter(fit -> !fit.fits()).map(TestResult.Fit::cluster)
                    .collect(Collectors.toSet());
            for (ReasonView reason : result.reasons()) {
                if (reason.cluster() != null && never.contains(reason.cluster())) {
                    // What no waiting changes is said below, once.
                    continue;
                }
                around.out().println("  " + (reason.cluster() == null ? "" : reason.cluster() + ": ")
                        + reason.category() + ":" + reason.code() + " - " + reason.text());
            }
            result.fits().stream().filter(fit -> !fit.fits()).forEach(fit -> around.out().println("  never on "
                    + fit.cluster() + (fit.reason() == null ? "" : ": " + fit.reason())));
        }
    }

    private static Map<String, Object> ordered(String firstName, Object first, String secondName, Object second) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(firstName, first);
        fields.put(secondName, second);
        return fields;
    }
}

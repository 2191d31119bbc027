package io.stepyard.cli.demo;

import io.stepyard.cli.api.FailureView;
import io.stepyard.cli.api.JobDetail;
import io.stepyard.core.job.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares how jobs ended with how their examples say they must. Pure. */
final class Verdict {

    private Verdict() {}

    /** Every way in which the job did not end as expected; empty when all is as it should be. */
    static List<String> problems(DemoJob job, List<DemoJob> all) {
        Expectation expected = job.entry().expect();
        List<String> problems = new ArrayList<>();
        if (!job.state().equals(expected.state())) {
            problems.add("expected " + expected.state() + ", found " + job.state());
        }
        if (expected.isRefusal()) {
            compareFaults(job, expected, problems);
        }
        JobDetail end = job.end();
        if (end != null) {
            compareEnd(end, expected, problems);
        }
        int overtaken = overtaken(job, all).size();
        if (overtaken < expected.overtakes()) {
            problems.add("expected to overtake " + expected.overtakes() + " or more, found " + overtaken);
        }
        return problems;
    }

    /** Jobs of lower priority that were submitted before this one and started after it, or not at all. */
    static List<DemoJob> overtaken(DemoJob job, List<DemoJob> all) {
        JobDetail mine = job.end();
        if (mine == null || job.submittedAt().isEmpty() || job.firstStart().isEmpty()) {
            return List.of();
        }
        return all.stream().filter(other -> isOvertaken(job, mine.priority(), other)).toList();
    }

    private static boolean isOvertaken(DemoJob job, int priority, DemoJob other) {
        JobDetail end = other.end();
        if (end == null || end.priority() >= priority || other.submittedAt().isEmpty()) {
            return false;
        }
        boolean earlier = other.submittedAt().get().isBefore(job.submittedAt().orElseThrow());
        return earlier && other.firstStart().map(start -> start.isAfter(job.firstStart().orElseThrow())).orElse(true);
    }

    private static void compareFaults(DemoJob job, Expectation expected, List<String> problems) {
        TreeSet<String> found = new TreeSet<>();
        job.faults().stream().map(Fault::pointer).forEach(found::add);
        if (!found.equals(new TreeSet<>(expected.faults()))) {
            problems.add("expected faults at " + expected.faults() + ", found " + found);
        }
    }

    private static void compareEnd(JobDetail end, Expectation expected, List<String> problems) {
        Integer attempts = expected.attempts();
        if (attempts != null && attempts != end.attemptsMade()) {
            problems.add("expected " + attempts + " attempts, found " + end.attemptsMade());
        }
        String cluster = expected.cluster();
        if (cluster != null && !cluster.equals(end.cluster())) {
            problems.add("expected to run on " + cluster + ", found " + end.cluster());
        }
        String error = expected.errorContains();
        if (error != null && !told(end.wholeFailure()).contains(error)) {
            problems.add("expected the error '" + error + "', found '" + told(end.wholeFailure()).strip() + "'");
        }
    }

    private static String told(@Nullable FailureView failure) {
        return failure == null
                ? ""
                : Objects.requireNonNullElse(failure.message(), "") + "\n"
                        + Objects.requireNonNullElse(failure.errorOutput(), "");
    }
}

package io.stepyard.simulator.world;

import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.FailureClass;
import io.stepyard.model.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All clusters as they really are: the truth that everything else is held against (I-2, I-8, I-10). */
final class SimulatedClusters {

    private static final Duration CLOCK_ERRORS = Duration.ofMinutes(3);

    private final Map<String, TrueCluster> clusters = new TreeMap<>();
    private final Processes processes;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private long started;

    SimulatedClusters(Processes processes, Faults faults, Chance chance, Trace trace) {
        this.processes = processes;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
    }

    void add(String name, Resources capacity) {
        clusters.put(name, new TrueCluster(name, capacity, chance.oneIn(2)));
    }

    Collection<TrueCluster> all() {
        return clusters.values();
    }

    TrueCluster cluster(String name) {
        return Objects.requireNonNull(clusters.get(name));
    }

    Resources capacity(String name) {
        return cluster(name).capacity();
    }

    /** How many runs were started in all. */
    long started() {
        return started;
    }

    /** A submission has arrived. What it starts runs for the time that chance gives it. */
    SubmitOutcome accept(TrueCluster cluster, Submission submission) {
        Instant now = processes.now();
        TrueRun before = cluster.run(submission.key());
        // Not to be found for a while is not forgotten: the key stays taken.
        if (before != null && !before.isForgotten()) {
            return new SubmitOutcome.Accepted(before.id());
        }
        if (cluster.isClosed(submission)) {
            return new SubmitOutcome.Refused(SubmitOutcome.CANCELLED, "The key was cancelled before");
        }
        if (!cluster.hasRoom(submission.spec().resources(), now)) {
            trace.note("refuses", cluster.name(), submission.key());
            return new SubmitOutcome.Refused("OVER_CAPACITY", "There is no room for it");
        }
        requireAlone(cluster, submission, now);
        TrueRun run = draw(cluster, submission, now);
        if (cluster.add(run)) {
            faults.count(FaultClass.CLUSTER_REUSES_IDS);
        }
        started++;
        trace.note("starts", run.key(), run.id());
        return new SubmitOutcome.Accepted(run.id());
    }

    private TrueRun draw(TrueCluster cluster, Submission submission, Instant now) {
        Duration limit = submission.spec().timeLimit();
        Duration pending = chance.oneIn(4) ? chance.upTo(Duration.ofMinutes(10)) : Duration.ZERO;
        Duration runTime = chance.oneIn(20)
                ? limit.plusMinutes(5)
                : chance.mostlyShort(Duration.ofSeconds(5), limit);
        int exitCode = chance.oneIn(8) ? chance.between(1, 9) : 0;
        return new TrueRun(cluster.nextId(), submission, now.plus(pending), runTime, exitCode);
    }

    private void requireAlone(TrueCluster cluster, Submission submission, Instant now) {
        for (TrueCluster other : clusters.values()) {
            for (TrueRun run : other.live(now)) {
                if (run.jobId().equals(submission.jobId())) {
                    throw new Violation("I-2", submission.jobId(), "attempt " + submission.key() + " starts on "
                            + cluster.name() + " while " + run.key() + " runs on " + other.name());
                }
            }
        }
    }

    /** Something is placed on a cluster: it must have told something of itself not long before (decision 4). */
    void requireMetrics(String name) {
        Instant last = cluster(name).lastGood();
        Instant oldest = processes.began().minus(SchedulerSettings.DEFAULT.sampleMaxAge()).minus(CLOCK_ERRORS);
        if (last == null || last.isBefore(oldest)) {
            throw new Violation("decision-4", name, "was given a job, and its last usable metrics are of " + last);
        }
    }

    /** Runs that go on, whoever wants them. */
    List<TrueRun> live() {
        List<TrueRun> live = new ArrayList<>();
        clusters.values().forEach(cluster -> live.addAll(cluster.live(processes.now())));
        return live;
    }

    /** An attempt is written down as ended: it must have ended, and as it is written. */
    void requireTruth(JobRun run, Attempt attempt) {
        TrueCluster cluster = cluster(attempt.cluster());
        TrueRun truth = cluster.run(Attempt.key(run.jobId(), attempt.number()));
        if (truth != null && truth.isLive(processes.now())) {
            throw new Violation("I-10", run.jobId(), "attempt " + attempt.number() + " is written down as "
                    + attempt.state() + " and still runs on " + attempt.cluster());
        }
        String fault = switch (attempt.state()) {
            case SUCCEEDED -> truth == null || truth.end() != TrueRun.End.WELL ? "it did not end well" : "";
            case TIMED_OUT -> truth == null || truth.end() != TrueRun.End.TIME_LIMIT ? "no time limit ended it" : "";
            case FAILED -> fault(truth, Objects.requireNonNull(attempt.failure()));
            case LOST ->
                truth == null ? "it never was on the cluster" : truth.isForgotten() ? "" : "the cluster has it";
            case CANCELLED, EXPIRED -> "";
            case GRANTED, STARTING, RUNNING, UNKNOWN, CANCELLING -> "it is not final";
        };
        if (!fault.isEmpty()) {
            throw new Violation("I-10", run.jobId(), "attempt " + attempt.number() + " is written down as "
                    + attempt.state() + ", but " + fault + (truth == null ? "" : " (" + truth.end() + ")"));
        }
    }

    private static String fault(@Nullable TrueRun truth, Failure failure) {
        if (truth != null && truth.end() == TrueRun.End.TIME_LIMIT && !truth.isForgotten()) {
            return "its time limit ended it";
        }
        if (failure.failureClass() != FailureClass.USER_ERROR) {
            return truth != null && truth.end() == TrueRun.End.WELL && !truth.isForgotten()
                    ? "it ended well"
                    : "";
        }
        if (truth == null || truth.end() != TrueRun.End.BADLY || !failure.code().equals("EXIT_" + truth.exitCode())) {
            return "its program did not end with " + failure.code();
        }
        return "";
    }

    /** The error output that is told of an attempt is its own. */
    void requireOutput(JobRun run) {
        for (Attempt attempt : run.attempts()) {
            Failure failure = attempt.failure();
            String output = failure == null ? null : failure.errorOutput();
            if (output != null && !output.isEmpty() && !output.startsWith("(")
                    && !output.equals(TrueRun.errorOutput(Attempt.key(run.jobId(), attempt.number())))) {
                throw new Violation("I-10", run.jobId(),
                        "the error output of attempt " + attempt.number() + " is not '" + output.strip() + "'");
            }
        }
    }
}

package io.stepyard.simulator.world;

import io.stepyard.core.job.Grant;
import io.stepyard.core.store.Attempt;
import io.stepyard.core.store.JobEvent;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.QueueRow;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.model.job.Failure;
import io.stepyard.model.job.RetryPolicy;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.lifecycle.Lifecycle;
import io.stepyard.model.lifecycle.Lifecycles;
import io.stepyard.model.resource.Resources;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is promised of the stored state, checked with every commit against what was stored before and against what really happens on the
 * clusters: I-1, I-2 (attempts), I-3, I-9 (books), I-10, I-13.
 */
final class Books {

    private static final Map<JobState, Set<JobState>> LEGAL = legal();

    private final SimulatedClusters clusters;
    private final Map<String, JobRun> jobs = new TreeMap<>();
    private final Set<String> queue = new HashSet<>();
    private final Map<String, Resources> held = new HashMap<>();
    private final Map<String, Resources> ledger = new HashMap<>();
    private final Set<String> poison = new HashSet<>();

    Books(SimulatedClusters clusters) {
        this.clusters = clusters;
    }

    private static Map<JobState, Set<JobState>> legal() {
        Map<JobState, Set<JobState>> table = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            table.put(state, EnumSet.of(state));
        }
        for (Lifecycle.Transition<JobState, ?> row : Lifecycles.JOB.transitions()) {
            table.computeIfAbsent(row.from(), EnumSet::of).add(row.to());
        }
        return table;
    }

    /** A queue row of this id belongs to no job. */
    void expectPoison(String jobId) {
        poison.add(jobId);
    }

    /** Every job that was ever accepted, as it is stored now. */
    Collection<JobRun> jobs() {
        return jobs.values();
    }

    Optional<JobRun> job(String jobId) {
        return Optional.ofNullable(jobs.get(jobId));
    }

    /** Whether the last that is stored of a job is that its cluster denies it. */
    boolean isDenied(String jobId) {
        return job(jobId).map(run -> run.events().getLast().type().equals("AttemptNotFound")).orElse(false);
    }

    Resources ledgerOf(String cluster) {
        return ledger.getOrDefault(cluster, Resources.NONE);
    }

    /** A caller is told that a job is so: it must have been stored so, and may have gone on since. */
    void requireStored(JobRun told) {
        JobRun stored = jobs.get(told.jobId());
        boolean same = stored != null && (stored.version() > told.version()
                || (stored.version() == told.version() && stored.state() == told.state()));
        if (!same) {
            throw new Violation("I-10", told.jobId(), "a caller is told that it is " + told.state() + " at version "
                    + told.version() + ", and it is "
                    + (stored == null ? "not stored" : stored.state() + " at version " + stored.version()));
        }
    }

    /** An execution is told of a grant: the grant must be stored by then. */
    void requireCommitted(Grant grant) {
        boolean stored = job(grant.jobId())
                .map(run -> run.attempts().stream().anyMatch(attempt -> attempt.grantId().equals(grant.grantId())))
                .orElse(false);
        if (!stored) {
            throw new Violation("decision-3", grant.jobId(),
                    "its execution is told of the grant " + grant.grantId() + " that is not committed");
        }
    }

    void committed(List<StoreWrite> writes) {
        for (StoreWrite write : writes) {
            record(write);
        }
        for (StoreWrite write : writes) {
            check(write);
        }
    }

    private void record(StoreWrite write) {
        switch (write) {
            case StoreWrite.InsertRun insert -> {
                if (jobs.containsKey(insert.run().jobId())) {
                    throw new Violation("I-1", insert.run().jobId(), "it was accepted a second time");
                }
                replace(insert.run());
            }
            case StoreWrite.ReplaceRun replace -> replace(replace.run());
            case StoreWrite.InsertQueueRow insert -> queue.add(key(insert.row()));
            case StoreWrite.DeleteQueueRow delete -> queue.remove(delete.jobId() + "/" + delete.priority());
            case StoreWrite.Reserve reserve -> ledger.merge(reserve.cluster(), reserve.amount(), Resources::plus);
            case StoreWrite.Release release -> ledger.merge(release.cluster(), release.amount(), Books::without);
            case StoreWrite.ReplaceQueueRow _,StoreWrite.CheckLease _,StoreWrite.InsertCluster _,StoreWrite.ReplaceCluster _,StoreWrite.DeleteCluster _,StoreWrite.PutDocument _ -> {
                // Nothing that these books keep.
            }
        }
    }

    private static Resources without(Resources all, Resources part) {
        return all.minus(part);
    }

    private static String key(QueueRow row) {
        return row.jobId() + "/" + row.priority();
    }

    private void replace(JobRun run) {
        JobRun before = jobs.put(run.jobId(), run);
        if (before != null) {
            before.liveAttempt().ifPresent(
                    attempt -> held.merge(attempt.cluster(), attempt.resources(), Books::without));
            step(before, run);
        }
        run.liveAttempt().ifPresent(attempt -> held.merge(attempt.cluster(), attempt.resources(), Resources::plus));
    }

    private void step(JobRun before, JobRun run) {
        if (!LEGAL.getOrDefault(before.state(), Set.of()).contains(run.state())) {
            throw new Violation("I-1", run.jobId(), "went from " + before.state() + " to " + run.state());
        }
        if (run.attempts().size() < before.attempts().size()
                || run.attempts().size() > before.attempts().size() + 1) {
            throw new Violation("I-1", run.jobId(), "had " + before.attempts().size() + " attempts and now has "
                    + run.attempts().size());
        }
        Optional<Attempt> live = before.liveAttempt();
        if (run.attempts().size() > before.attempts().size()) {
            if (live.isPresent()) {
                throw new Violation("I-2", run.jobId(), "got a further attempt beside a live one");
            }
            return;
        }
        if (live.isPresent() && run.liveAttempt().isEmpty()) {
            clusters.requireTruth(run, run.attempts().getLast());
        }
    }

    private void check(StoreWrite write) {
        switch (write) {
            case StoreWrite.InsertRun insert -> checkRow(insert.run());
            case StoreWrite.ReplaceRun replace -> checkRow(replace.run());
            case StoreWrite.Reserve reserve -> {
                checkLedger(reserve.cluster());
                clusters.requireMetrics(reserve.cluster());
                Resources capacity = clusters.capacity(reserve.cluster());
                if (!ledgerOf(reserve.cluster()).fitsWithin(capacity)) {
                    throw new Violation("I-3", reserve.cluster(), "has " + capacity + " in all, and "
                            + ledgerOf(reserve.cluster()) + " of it are reserved");
                }
            }
            case StoreWrite.Release release -> checkLedger(release.cluster());
            case StoreWrite.InsertQueueRow insert -> {
                if (!jobs.containsKey(insert.row().jobId()) && !poison.contains(insert.row().jobId())) {
                    throw new Violation("I-1", insert.row().jobId(), "waits in the queue and is no job");
                }
            }
            case StoreWrite.DeleteQueueRow _,StoreWrite.ReplaceQueueRow _,StoreWrite.CheckLease _,StoreWrite.InsertCluster _,StoreWrite.ReplaceCluster _,StoreWrite.DeleteCluster _,StoreWrite.PutDocument _ -> {
                // The rows of the same transaction are looked at.
            }
        }
    }

    private void checkRow(JobRun run) {
        for (int i = 0; i < run.attempts().size(); i++) {
            if (run.attempts().get(i).number() != i + 1) {
                throw new Violation("I-2", run.jobId(), "its attempt " + (i + 1) + " has the number "
                        + run.attempts().get(i).number());
            }
        }
        clusters.requireOutput(run);
        requirePolicy(run);
        boolean waits = queue.contains(run.jobId() + "/" + run.spec().priority());
        if (waits != (run.state() == JobState.QUEUED)) {
            throw new Violation("I-1", run.jobId(),
                    "is " + run.state() + " and has " + (waits ? "a" : "no") + " row in the queue");
        }
        run.liveAttempt().ifPresent(attempt -> checkLedger(attempt.cluster()));
        TaskToken token = run.token();
        if (token != null && !run.events().isEmpty()) {
            checkSecret(run.jobId(), run.events().getLast(), token.value());
        }
    }

    /** Attempts are made as the job's retry policy says (A16). */
    private static void requirePolicy(JobRun run) {
        RetryPolicy policy = run.spec().retry();
        if (run.attempts().size() > policy.maxAttempts()) {
            throw new Violation("A16", run.jobId(), "has " + run.attempts().size() + " attempts of "
                    + policy.maxAttempts());
        }
        Failure failure = run.state() == JobState.BACKOFF ? run.attempts().getLast().failure() : null;
        if (failure != null && !policy.on().contains(failure.failureClass())) {
            throw new Violation("A16", run.jobId(), "is to be tried again after " + failure.failureClass());
        }
    }

    private static void checkSecret(String jobId, JobEvent event, String token) {
        if (event.detail().contains(token) || event.actor().contains(token)) {
            throw new Violation("I-13", jobId, "its task token stands in the event " + event.type());
        }
    }

    /** The ledger is the sum of what live attempts hold, at every moment. */
    private void checkLedger(String cluster) {
        Resources sum = held.getOrDefault(cluster, Resources.NONE);
        if (!sum.equals(ledgerOf(cluster))) {
            throw new Violation("I-9", cluster, "live attempts hold " + sum + ", and the ledger says "
                    + ledgerOf(cluster));
        }
    }
}

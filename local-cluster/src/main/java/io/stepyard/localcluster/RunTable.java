package io.stepyard.localcluster;

import io.stepyard.model.resource.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of the cluster: live and ended runs, what is in use, and the journal that lets all of it come back. One lock; nothing
 * slow happens under it. An end is seen by callers when it is on disk, not before.
 */
final class RunTable {

    private final LocalCluster.Config config;
    private final Path runs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition endSeen = lock.newCondition();
    private final Map<String, LiveRun> live = new HashMap<>();
    private final EndedRuns ended;
    private final ClosedKeys closed = new ClosedKeys();
    private final Map<RunState, Long> endedCounts = new EnumMap<>(RunState.class);
    private final Consumer<Path> forget;
    private @Nullable Journal journal;
    private Resources used = Resources.NONE;
    private long lastNumber;
    private long assignedSequence;
    private long visibleSequence;
    private long refusals;
    private long linesSinceRewrite;
    private boolean closing;

    /** @param forget told the directory of each run that is no longer kept */
    RunTable(LocalCluster.Config config, Path runs, Consumer<Path> forget) {
        this.config = config;
        this.runs = runs;
        this.forget = forget;
        this.ended = new EndedRuns(config.retention());
    }

    static String runId(String cluster, long number) {
        return cluster + "-" + number;
    }

    /** Takes the journal's lines one by one, before anything else is called. */
    void load(JournalRecord line) {
        linesSinceRewrite++;
        switch (line) {
            case JournalRecord.Head head -> {
                lastNumber = head.lastNumber();
                assignedSequence = head.lastSequence();
                refusals = head.refusals();
            }
            case JournalRecord.Accepted accepted -> {
                RunRequest request = accepted.request();
                lastNumber = Math.max(lastNumber, accepted.number());
                live.put(request.key(), new LiveRun(accepted.number(), accepted.at(), request,
                        directory(accepted.number())));
                used = used.plus(request.resources());
            }
            case JournalRecord.Started started -> byNumber(started.number(), run -> run.startedAt = started.at());
            case JournalRecord.Ending ending -> byNumber(ending.number(), run -> run.ending = ending.why());
            case JournalRecord.Ended end -> {
                lastNumber = Math.max(lastNumber, end.number());
                assignedSequence = Math.max(assignedSequence, end.sequence());
                keepEnded(end);
            }
            case JournalRecord.Refused _ -> refusals++;
            case JournalRecord.Closed key -> closed.add(key.key());
        }
        visibleSequence = assignedSequence;
    }

    private void byNumber(long number, Consumer<LiveRun> change) {
        live.values().stream().filter(run -> run.number == number).forEach(change);
    }

    void opened(Journal opened) {
        lock.lock();
        try {
            journal = opened;
            rewriteWhenLong(1000);
        } finally {
            lock.unlock();
        }
    }

    private Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("The journal is used before it was opened");
        }
        return journal;
    }

    private CompletableFuture<Void> append(JournalRecord line) {
        linesSinceRewrite++;
        return journal().append(line);
    }

    RunDirectory directory(long number) {
        return RunDirectory.of(runs, number);
    }

    Submitted submit(RunRequest request, Instant now) {
        lock.lock();
        try {
            LiveRun known = live.get(request.key());
            if (known != null) {
                return new Submitted.Taken(known.view(config.name()), false, known.accepted, null);
            }
            EndedRun over = ended.get(request.key());
            if (over != null) {
                return new Submitted.Taken(over.view(config.name()), false, CompletableFuture.completedFuture(null),
                        null);
            }
            if (closed.contains(request.key())) {
                return new Submitted.Closed("Key " + request.key()
                        + " was cancelled before this submission came; nothing is started under it");
            }
            if (closing) {
                return new Submitted.ShuttingDown();
            }
            Resources wanted = used.plus(request.resources());
            if (!wanted.fitsWithin(config.capacity())) {
                refusals++;
                var _ = append(
                        new JournalRecord.Refused(now, request.key(), request.cpuMillicores(), request.memoryMib()));
                return new Submitted.OverCapacity("Expected to fit into what is free of " + config.name() + " ("
                        + config.capacity().minusAtMost(used) + " of " + config.capacity() + "), but found "
                        + request.resources());
            }
            used = wanted;
            LiveRun run = new LiveRun(++lastNumber, now, request, directory(lastNumber));
            live.put(request.key(), run);
            run.accepted = append(new JournalRecord.Accepted(run.number, now, request));
            return new Submitted.Taken(run.view(config.name()), true, run.accepted, run);
        } finally {
            lock.unlock();
        }
    }

    /** @return what the run's end must be when that was decided while it was being started */
    @Nullable
    RunState started(LiveRun run, ProcessIdentity process, Instant at) {
        lock.lock();
        try {
            run.process = process;
            run.startedAt = at;
            var _ = append(new JournalRecord.Started(run.number, at));
            return run.ending;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A decision that this caller made and has to carry out.
     *
     * @param process what to end; null when the run is not started yet: whoever starts it then finds the decision and finishes it
     */
    record Decision(@Nullable ProcessIdentity process) {}

    /**
     * Decides what the run's end will be called, once: the first decision stands.
     *
     * @return null when it was decided before
     */
    @Nullable
    Decision decideEnding(LiveRun run, RunState why) {
        lock.lock();
        try {
            if (run.ending != null || run.finishing) {
                return null;
            }
            run.ending = why;
            var _ = append(new JournalRecord.Ending(run.number, why));
            return new Decision(run.process);
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the run may end by itself now; false when the cluster is ending it already */
    boolean claimOwnEnd(LiveRun run) {
        lock.lock();
        try {
            if (run.ending != null || run.finishing) {
                return false;
            }
            run.finishing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    RunState ending(LiveRun run) {
        lock.lock();
        try {
            return run.ending;
        } finally {
            lock.unlock();
        }
    }

    /** Writes the end down and, when it is on disk, lets everybody see it and gives back what the run held. */
    CompletableFuture<Void> finish(LiveRun run, RunState state, Instant now, @Nullable Integer exitCode,
            @Nullable String message) {
        lock.lock();
        try {
            run.finishing = true;
            Instant end = run.startedAt != null && now.isBefore(run.startedAt) ? run.startedAt : now;
            JournalRecord.Ended line = new JournalRecord.Ended(run.number, ++assignedSequence, run.request.key(),
                    run.request.jobId(), state, run.startedAt, end, exitCode, message);
            run.end = line;
            return append(line).thenRun(() -> seen(run, line));
        } finally {
            lock.unlock();
        }
    }

    private void seen(LiveRun run, JournalRecord.Ended line) {
        lock.lock();
        try {
            if (run.timeLimit != null) {
                run.timeLimit.cancel(false);
            }
            visibleSequence = line.sequence();
            keepEnded(line);
            endSeen.signalAll();
            rewriteWhenLong(10_000);
        } finally {
            lock.unlock();
        }
    }

    private void keepEnded(JournalRecord.Ended line) {
        LiveRun run = live.remove(line.key());
        if (run != null) {
            used = used.minus(run.request.resources());
        }
        endedCounts.merge(line.state(), 1L, Long::sum);
        EndedRun forgotten = ended.add(EndedRun.of(line));
        if (forgotten != null) {
            endedCounts.merge(forgotten.state(), -1L, Long::sum);
            forget.accept(directory(forgotten.number()).path());
        }
    }

    private void rewriteWhenLong(int slack) {
        if (linesSinceRewrite <= 5L * (ended.size() + live.size() + closed.size()) + slack) {
            return;
        }
        List<JournalRecord> picture = JournalPicture
                .of(new JournalRecord.Head(lastNumber, visibleSequence, refusals), ended, live.values(), closed);
        linesSinceRewrite = picture.size();
        var _ = journal().rewrite(picture);
    }

    /** Refuses a key for good, unless it is known by now; done when that is on disk. */
    CompletableFuture<Void> close(String key) {
        lock.lock();
        try {
            return live.containsKey(key) || ended.get(key) != null || !closed.add(key)
                    ? CompletableFuture.completedFuture(null)
                    : append(new JournalRecord.Closed(key));
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    LiveRun liveRun(String key) {
        lock.lock();
        try {
            return live.get(key);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    RunView find(String key) {
        lock.lock();
        try {
            LiveRun run = live.get(key);
            if (run != null) {
                return run.accepted.isDone() ? run.view(config.name()) : null;
            }
            EndedRun over = ended.get(key);
            return over == null ? null : over.view(config.name());
        } finally {
            lock.unlock();
        }
    }

    /** Runs with a number above {@code after}, in the order of acceptance. */
    List<RunView> list(Collection<RunState> states, long after, int limit) {
        lock.lock();
        try {
            RunPage page = new RunPage(states, after, limit);
            for (LiveRun run : live.values()) {
                if (run.accepted.isDone()) {
                    page.offer(run.number, run.process == null ? RunState.PENDING : RunState.RUNNING,
                            () -> run.view(config.name()));
                }
            }
            for (EndedRun run : ended.all()) {
                page.offer(run.number(), run.state(), () -> run.view(config.name()));
            }
            return page.views();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has ended after {@code since}, at most {@code wait}. A number from another life answers from the start. */
    Changes changes(long since, Duration wait, int limit) throws InterruptedException {
        long left = wait.toNanos();
        lock.lockInterruptibly();
        try {
            long from = since > visibleSequence ? 0 : since;
            while (visibleSequence <= from && left > 0 && !closing && from == since) {
                left = endSeen.awaitNanos(left);
            }
            List<EndedRun> found = ended.after(from, limit);
            long sequence = found.isEmpty() ? visibleSequence : found.getLast().sequence();
            boolean truncated = from + 1 < ended.firstSequence(visibleSequence + 1);
            return new Changes(sequence, found.stream().map(run -> run.view(config.name())).toList(), truncated);
        } finally {
            lock.unlock();
        }
    }

    Usage usage() {
        lock.lock();
        try {
            Map<RunState, Long> counts = new EnumMap<>(RunState.class);
            for (RunState state : RunState.values()) {
                counts.put(state, endedCounts.getOrDefault(state, 0L));
            }
            for (LiveRun run : live.values()) {
                counts.merge(run.process == null ? RunState.PENDING : RunState.RUNNING, 1L, Long::sum);
            }
            return new Usage(config.capacity(), used, refusals, counts);
        } finally {
            lock.unlock();
        }
    }

    List<LiveRun> liveRuns() {
        lock.lock();
        try {
            return List.copyOf(live.values());
        } finally {
            lock.unlock();
        }
    }

    /** Nothing new is taken from here on; long polls end. */
    void startClosing() {
        lock.lock();
        try {
            closing = true;
            endSeen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether every live run has ended within the time */
    boolean awaitIdle(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (!live.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                boolean _ = endSeen.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}

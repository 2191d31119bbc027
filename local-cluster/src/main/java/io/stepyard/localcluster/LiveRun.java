package io.stepyard.localcluster;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A run that has not ended. Its changing parts belong to {@link RunTable} and are touched under its lock only. */
final class LiveRun {

    final long number;
    final Instant acceptedAt;
    final RunRequest request;
    final RunDirectory directory;
    /** Complete when the intent is on disk: nobody is told of the run, and nothing is started, before. */
    CompletableFuture<Void> accepted = CompletableFuture.completedFuture(null);
    @Nullable
    Instant startedAt;
    @Nullable
    ProcessIdentity process;
    /** What the cluster decided the end will be; null while the run may still end by itself. */
    @Nullable
    RunState ending;
    /** The end is decided and on its way to disk; nothing may change it. */
    boolean finishing;
    JournalRecord.@Nullable Ended end;
    @Nullable
    Future<?> timeLimit;

    LiveRun(long number, Instant acceptedAt, RunRequest request, RunDirectory directory) {
        this.number = number;
        this.acceptedAt = acceptedAt;
        this.request = request;
        this.directory = directory;
    }

    RunView view(String cluster) {
        return new RunView(number, RunTable.runId(cluster, number), request.key(), request.jobId(),
                process == null ? RunState.PENDING : RunState.RUNNING, startedAt, null, null,
                ending == null ? null : "is being ended: " + ending);
    }
}

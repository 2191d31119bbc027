package io.stepyard.localcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts, watches and ends the processes behind the runs. Own children report their end; one timer looks after time limits, after the
 * size of captured output and after runs adopted from an earlier life of the cluster.
 */
final class Runner implements AutoCloseable {

    private static final int STARTERS = 3;
    private static final int NOT_STARTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int FIRST_SIGNAL = 128;
    private static final Duration ADOPTED_LOOK = Duration.ofMillis(200);

    private final LocalCluster.Config config;
    private final RunTable table;
    private final Launcher launcher;
    private final OutputCap outputCap;
    private final ExecutorService starters = Executors.newFixedThreadPool(STARTERS,
            Thread.ofPlatform().name("starter-", 0).daemon(true).factory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer;

    Runner(LocalCluster.Config config, RunTable table, Launcher launcher) {
        this.config = config;
        this.table = table;
        this.launcher = launcher;
        this.outputCap = new OutputCap(config.outputCapBytes());
        this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timer").daemon(true).factory());
        this.timer.setRemoveOnCancelPolicy(true);
        var _ = timer.scheduleWithFixedDelay(this::trimOutput, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** Starts the run as soon as its intent is on disk. */
    void startWhenAccepted(LiveRun run) {
        var _ = run.accepted.thenRunAsync(() -> start(run, 1), starters);
    }

    /** Ends the run, once; what is ended already stays as it is. */
    void end(LiveRun run, RunState why) {
        RunTable.Decision decision = table.decideEnding(run, why);
        if (decision != null && decision.process() != null) {
            ProcessIdentity process = decision.process();
            workers.execute(() -> endProcesses(run, process, why));
        }
    }

    private void start(LiveRun run, int generation) {
        RunState decided = table.ending(run);
        if (decided != null) {
            finish(run, decided, null, "never started");
            return;
        }
        try {
            run.directory.create();
            String workingDirectory = run.request.workingDirectory();
            if (workingDirectory != null && !Files.isDirectory(Path.of(workingDirectory))) {
                refuseToStart(run, NOT_FOUND, "working directory " + workingDirectory + " is not there");
                return;
            }
            Launcher.Launched launched = launcher.launch(run, generation);
            watch(run, launched.identity(), config.clock().instant());
            var _ = launched.ended().thenRunAsync(() -> exited(run, launched.identity()), workers);
        } catch (IOException notStarted) {
            refuseToStart(run, NOT_STARTABLE,
                    Objects.requireNonNullElse(notStarted.getMessage(), notStarted.toString()));
        }
    }

    private void refuseToStart(LiveRun run, int exitCode, String message) {
        try {
            run.directory.appendError(message);
        } catch (IOException diskGone) {
            report("cannot write the error output of run " + run.number, diskGone);
        }
        if (table.claimOwnEnd(run)) {
            finish(run, RunState.FAILED, exitCode, message);
        } else {
            finish(run, Objects.requireNonNullElse(table.ending(run), RunState.KILLED), exitCode, message);
        }
    }

    private void watch(LiveRun run, ProcessIdentity process, Instant startedAt) {
        RunState decided = table.started(run, process, startedAt);
        Duration left = Duration.between(config.clock().instant(),
                startedAt.plusSeconds(run.request.timeLimitSeconds()));
        run.timeLimit = timer.schedule(() -> end(run, RunState.TIMED_OUT), Math.max(0, left.toMillis()),
                TimeUnit.MILLISECONDS);
        if (decided != null) {
            workers.execute(() -> endProcesses(run, process, decided));
        }
    }

    /** Takes up a run of an earlier life of this cluster. */
    void adopt(LiveRun run) throws IOException {
        switch (run.directory.settle()) {
            case RunDirectory.Launch.Never never -> starters.execute(() -> start(run, never.generation()));
            case RunDirectory.Launch.Broken _ -> finish(run, Objects.requireNonNullElse(run.ending, RunState.KILLED),
                    null, "the launcher died before it started the program");
            case RunDirectory.Launch.Done launch -> {
                ProcessIdentity process = launch.process();
                watch(run, process, Objects.requireNonNullElse(run.startedAt, process.claimedAt()));
                lookAtAdopted(run, process);
            }
        }
    }

    private void lookAtAdopted(LiveRun run, ProcessIdentity process) {
        if (!process.isAlive()) {
            workers.execute(() -> exited(run, process));
        } else if (!timer.isShutdown()) {
            var _ = timer.schedule(() -> lookAtAdopted(run, process), ADOPTED_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void exited(LiveRun run, ProcessIdentity process) {
        OptionalInt exitCode = exitCode(run);
        if (exitCode.isEmpty()) {
            // Somebody killed the launcher, or the machine went down: what is left of the run is ended, too.
            if (table.decideEnding(run, RunState.KILLED) != null) {
                endProcesses(run, process, RunState.KILLED);
            }
        } else if (table.claimOwnEnd(run)) {
            int code = exitCode.getAsInt();
            finish(run, code == 0 ? RunState.SUCCEEDED : RunState.FAILED, code, code == 0 ? null : explain(code));
        }
        // Otherwise the cluster is ending the run and finishes it when no process is left.
    }

    private OptionalInt exitCode(LiveRun run) {
        try {
            return run.directory.exitCode();
        } catch (IOException unreadable) {
            report("cannot read the exit code of run " + run.number, unreadable);
            return OptionalInt.empty();
        }
    }

    private static String explain(int code) {
        if (code == NOT_FOUND) {
            return "exit code 127: program not found, see the error output";
        }
        return code > FIRST_SIGNAL
                ? "exit code " + code + " (signal " + (code - FIRST_SIGNAL) + ")"
                : "exit code " + code;
    }

    private void endProcesses(LiveRun run, ProcessIdentity process, RunState why) {
        new ProcessTree(process, launcher.mark(run)).end(config.killGrace());
        OptionalInt exitCode = exitCode(run);
        String message = switch (why) {
            case TIMED_OUT -> "ended at its time limit of " + run.request.timeLimitSeconds() + " s";
            case CANCELLED -> "cancelled";
            case KILLED -> exitCode.isEmpty()
                    ? "ended without an exit code: by the cluster's shutdown, or lost with its launcher"
                    : "ended by the shutdown of cluster " + config.name();
            case PENDING, RUNNING, SUCCEEDED, FAILED ->
                throw new IllegalStateException("Not an end by the cluster: " + why);
        };
        finish(run, why, exitCode.isPresent() ? exitCode.getAsInt() : null, message);
    }

    private void finish(LiveRun run, RunState state, @Nullable Integer exitCode, @Nullable String message) {
        trim(run);
        var _ = table.finish(run, state, config.clock().instant(), exitCode, message)
                .thenRunAsync(() -> tidy(run), workers).exceptionally(failure -> {
                    if (!(failure instanceof CompletionException wrapped
                            && wrapped.getCause() instanceof RejectedExecutionException)) {
                        report("cannot write down the end of run " + run.number, failure);
                    }
                    return null;
                });
    }

    private void tidy(LiveRun run) {
        try {
            run.directory.tidy();
        } catch (IOException left) {
            report("cannot tidy up after run " + run.number, left);
        }
    }

    private void trimOutput() {
        table.liveRuns().forEach(this::trim);
    }

    private void trim(LiveRun run) {
        try {
            outputCap.apply(run.directory.stdout());
            outputCap.apply(run.directory.stderr());
        } catch (IOException | UncheckedIOException failure) {
            report("cannot bound the output of run " + run.number, failure);
        }
    }

    /** Deletes what an ended run left behind when it is no longer kept. */
    void forget(Path directory) {
        workers.execute(() -> {
            try {
                RunDirectory.deleteTree(directory);
            } catch (IOException left) {
                report("cannot delete " + directory, left);
            }
        });
    }

    private void report(String what, Throwable why) {
        System.err.println("cluster " + config.name() + ": " + what + ": " + why);
    }

    /** Ends every run, writes the ends down, and returns. */
    @Override
    public void close() {
        table.startClosing();
        table.liveRuns().forEach(run -> end(run, RunState.KILLED));
        try {
            if (!table.awaitIdle(config.killGrace().multipliedBy(2).plusSeconds(2))) {
                System.err.println("cluster " + config.name()
                        + ": some runs have not ended yet; they are taken up again at the next start");
            }
            timer.shutdownNow();
            starters.shutdownNow();
            workers.shutdown();
            boolean _ = workers.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

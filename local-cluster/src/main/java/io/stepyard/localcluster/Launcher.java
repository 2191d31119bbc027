package io.stepyard.localcluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Starts processes: each in a session of its own where the system can do that, output into files, no shell reads the command. */
final class Launcher {

    private static final String PATH = "PATH";
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final String SCRIPT = "launch.sh";
    private static final File NOTHING = new File("/dev/null");

    private final String cluster;
    private final String home;
    private final Path script;
    private final String path;
    private final List<String> prefix;
    private final String mode;
    private final InstantSource clock;
    private final Optional<PosixSpawn> spawn;
    private final Optional<Path> shell;

    /**
     * A started launcher.
     *
     * @param ended completes when the process has ended
     */
    record Launched(CompletableFuture<?> ended, ProcessIdentity identity) {}

    /** @param home unique name of the state directory, so that the marks of two clusters differ */
    Launcher(String cluster, String home, Path stateDir, InstantSource clock) throws IOException {
        this.cluster = cluster;
        this.home = home;
        this.script = stateDir.resolve(SCRIPT).toAbsolutePath();
        this.path = Objects.requireNonNullElse(System.getenv(PATH), DEFAULT_PATH);
        this.spawn = PosixSpawn.find();
        this.shell = program("sh");
        boolean session = program("setsid").isPresent();
        this.prefix = session ? List.of("setsid", "sh", script.toString()) : List.of("sh", script.toString());
        this.mode = session ? "session" : "plain";
        this.clock = clock;
        writeScript();
    }

    private void writeScript() throws IOException {
        try (InputStream text = Launcher.class.getResourceAsStream(SCRIPT)) {
            Path next = script.resolveSibling(SCRIPT + ".next");
            Files.write(next, Objects.requireNonNull(text, "launch.sh is missing from the jar").readAllBytes());
            // Launchers of an earlier life may be reading the old file; they keep it.
            Files.move(next, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Optional<Path> program(String name) {
        return List.of(path.split(File.pathSeparator)).stream().filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }

    String mark(LiveRun run) {
        return home + "/" + run.number;
    }

    /** @throws IOException when the system would not start it; nothing runs then */
    Launched launch(LiveRun run, int generation) throws IOException {
        RunDirectory directory = run.directory;
        Path workingDirectory = run.request.workingDirectory() == null
                ? directory.work()
                : Path.of(run.request.workingDirectory());
        return spawn.isPresent() && shell.isPresent()
                ? spawn(spawn.get(), new PosixSpawn.Order(
                        words(List.of(shell.get().toString(), script.toString()), "session", run, generation),
                        environment(run), workingDirectory.toAbsolutePath(), directory.stdout().toAbsolutePath(),
                        directory.stderr().toAbsolutePath()))
                : launch(run, words(prefix, mode, run, generation), workingDirectory);
    }

    private static List<String> words(List<String> first, String mode, LiveRun run, int generation) {
        List<String> words = new ArrayList<>(first);
        words.add(run.directory.claim(generation).toString());
        words.add(run.directory.exit().toString());
        words.add(mode);
        words.addAll(run.request.command());
        return words;
    }

    private Map<String, String> environment(LiveRun run) {
        Map<String, String> environment = new HashMap<>();
        environment.put(PATH, path);
        environment.putAll(run.request.environment());
        environment.put("STEPYARD_JOB_ID", run.request.jobId());
        environment.put("STEPYARD_ATTEMPT", Integer.toString(run.request.attempt()));
        environment.put("STEPYARD_CLUSTER", cluster);
        environment.put(ProcessTree.MARK, mark(run));
        return environment;
    }

    private Launched spawn(PosixSpawn system, PosixSpawn.Order order) throws IOException {
        long pid = system.start(order);
        // Not reaped before its end has been noticed: until then the id is its own.
        ProcessIdentity identity = identity(pid);
        CompletableFuture<?> ended = ProcessHandle.of(pid).<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null)).thenRun(() -> system.reap(pid));
        return new Launched(ended, identity);
    }

    private Launched launch(LiveRun run, List<String> words, Path workingDirectory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(workingDirectory.toFile());
        builder.redirectInput(NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(run.directory.stdout().toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(run.directory.stderr().toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(run));
        Process process = builder.start();
        return new Launched(process.onExit(), identity(process.pid()));
    }

    private ProcessIdentity identity(long pid) {
        return ProcStat.of(pid)
                .map(stat -> new ProcessIdentity(pid, ProcessIdentity.currentBoot(), stat.startTick(),
                        clock.instant()))
                .orElseGet(() -> new ProcessIdentity(pid, "-", -1, clock.instant()));
    }
}

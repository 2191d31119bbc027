package io.stepyard.localcluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /** A started launcher. */
    record Launched(Process process, ProcessIdentity identity) {}

    /** @param home unique name of the state directory, so that the marks of two clusters differ */
    Launcher(String cluster, String home, Path stateDir, InstantSource clock) throws IOException {
        this.cluster = cluster;
        this.home = home;
        this.script = stateDir.resolve(SCRIPT).toAbsolutePath();
        this.path = Objects.requireNonNullElse(System.getenv(PATH), DEFAULT_PATH);
        boolean session = hasProgram("setsid");
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

    private boolean hasProgram(String name) {
        return List.of(path.split(File.pathSeparator)).stream().anyMatch(
                folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, name)));
    }

    String mark(LiveRun run) {
        return home + "/" + run.number;
    }

    /** @throws IOException when the system would not start it; nothing runs then */
    Launched launch(LiveRun run, int generation) throws IOException {
        RunRequest request = run.request;
        List<String> words = new ArrayList<>(prefix);
        words.add(run.directory.claim(generation).toString());
        words.add(run.directory.exit().toString());
        words.add(mode);
        words.addAll(request.command());
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(request.workingDirectory() == null
                ? run.directory.work().toFile()
                : new File(request.workingDirectory()));
        builder.redirectInput(NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(run.directory.stdout().toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(run.directory.stderr().toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put(PATH, path);
        environment.putAll(request.environment());
        environment.put("STEPYARD_JOB_ID", request.jobId());
        environment.put("STEPYARD_ATTEMPT", Integer.toString(request.attempt()));
        environment.put("STEPYARD_CLUSTER", cluster);
        environment.put(ProcessTree.MARK, mark(run));
        Process process = builder.start();
        ProcessIdentity identity = ProcStat.of(process.pid())
                .map(stat -> new ProcessIdentity(process.pid(), ProcessIdentity.currentBoot(), stat.startTick(),
                        clock.instant()))
                .orElseGet(() -> new ProcessIdentity(process.pid(), "-", -1, clock.instant()));
        return new Launched(process, identity);
    }
}

package io.stepyard.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts cluster processes: the same Java and class path as this one, with a small heap of their own. */
final class ClusterLauncher {

    private static final String MAIN = "io.stepyard.localcluster.LocalClusterMain";

    /** Set by the script that starts the product: the class path that a cluster needs, and what was recorded of its start. */
    private static final String CLASS_PATH = "stepyard.cluster.classpath";
    private static final String CACHE = "stepyard.cluster.cache";

    /** What a cluster loads; these come first on its class path, so that it opens no other jar. */
    private static final List<String> FIRST = List.of("local-cluster", "common-model", "jackson-databind",
            "jackson-core", "jackson-annotations", "jspecify");

    private final String classPath;
    private final Optional<Path> cache;
    private final List<String> session;

    ClusterLauncher(String classPath) {
        this.classPath = System.getProperty(CLASS_PATH, Stream.of(classPath.split(File.pathSeparator))
                .sorted(Comparator.comparingInt(ClusterLauncher::rank))
                .collect(Collectors.joining(File.pathSeparator)));
        this.cache = Optional.ofNullable(System.getProperty(CACHE)).map(Path::of);
        // A session of its own keeps a terminal's Ctrl-C away from it: the runtime stops it when its turn has come.
        this.session = onPath("setsid").map(List::of).orElse(List.of());
    }

    /** Starts a cluster; it is ready when it has written its {@code cluster.json}. Its output is appended to the log. */
    Process start(ClusterPlan plan, Path stateDir, Path log) throws IOException {
        Files.createDirectories(stateDir);
        List<String> command = new ArrayList<>(session);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx48m", "-Xmn6m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.2", "-XX:ReservedCodeCacheSize=16m",
                "--enable-native-access=ALL-UNNAMED"));
        // A record that no longer fits is passed over by the JVM, which then says nothing about it.
        cache.filter(Files::isRegularFile)
                .ifPresent(file -> command.addAll(List.of("-XX:AOTCache=" + file, "-Xlog:disable")));
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(List.of("--name", plan.name(), "--cpu", plan.capacity().cores(), "--memory",
                plan.capacity().memoryMib() + "MiB", "--port", Integer.toString(plan.port()), "--state-dir",
                stateDir.toString()));
        plan.labels().forEach((name, value) -> command.addAll(List.of("--label", name + "=" + value)));
        return new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectErrorStream(true).start();
    }

    private static int rank(String entry) {
        String file = Path.of(entry).toString();
        for (int i = 0; i < FIRST.size(); i++) {
            if (file.contains(FIRST.get(i))) {
                return i;
            }
        }
        return FIRST.size();
    }

    private static Optional<String> onPath(String program) {
        String path = System.getenv("PATH");
        return path == null
                ? Optional.empty()
                : Arrays.stream(path.split(File.pathSeparator)).map(directory -> Path.of(directory, program))
                        .filter(Files::isExecutable).map(Path::toString).findFirst();
    }
}

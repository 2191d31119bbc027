package io.stepyard.clusters.slurm;

import io.stepyard.clusters.testing.ClusterUnderTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real SLURM of this machine's packages, of two nodes with 2 processors and 2 GiB each, in processes of its own. */
final class RealSlurm implements AutoCloseable {

    private static final List<String> PROGRAMS = List.of("munged", "slurmctld", "slurmd", "slurmrestd", "scontrol",
            "setpriv", "curl");

    private final Path directory;
    private final Process process;
    private final int restPort;

    private RealSlurm(Path directory, Process process, int restPort) {
        this.directory = directory;
        this.process = process;
        this.restPort = restPort;
    }

    /** Why there can be none here; empty when there can. */
    static Optional<String> missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("SLURM's daemons are started as root, and this is " + System.getProperty("user.name"));
        }
        List<String> missing = PROGRAMS.stream().filter(program -> !isOnPath(program)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("not installed: " + String.join(", ", missing)
                        + " (Debian: munge slurmctld slurmd slurmrestd slurm-client slurm-wlm-jwt-plugin)");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    static RealSlurm start(Path directory) throws IOException {
        Path script = directory.resolve("real-slurm.sh");
        try (InputStream text = Objects
                .requireNonNull(ClusterUnderTest.class.getResourceAsStream("real-slurm.sh"), "real-slurm.sh")) {
            Files.write(script, text.readAllBytes());
        }
        int port = freePorts(4);
        Process process = new ProcessBuilder("sh", script.toString(), directory.toString(), Integer.toString(port))
                .redirectError(directory.resolve("start.err").toFile()).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        if (!"ready".equals(said.readLine())) {
            process.destroy();
            throw new IOException("Expected a SLURM, but found: " + Files.readString(directory.resolve("start.err")));
        }
        return new RealSlurm(directory, process, port + 3);
    }

    /** The first of so many ports in a row that are free now. */
    private static int freePorts(int count) throws IOException {
        for (int round = 0; round < 100; round++) {
            int first;
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                first = any.getLocalPort();
            }
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IOException("Expected " + count + " free ports in a row, but found none");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                taken.getLocalPort();
            } catch (IOException inUse) {
                return false;
            }
        }
        return true;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + restPort);
    }

    Path token() {
        return directory.resolve("token");
    }

    Path output() {
        return directory.resolve("out");
    }

    /** Where the controller writes its jobs down. */
    Path savedJobs() {
        return directory.resolve("state").resolve("job_state");
    }

    /** Kills the controller, as a crash would. */
    void killController() throws IOException {
        long pid = Long.parseLong(Files.readString(directory.resolve("controller")).strip());
        ProcessHandle controller = ProcessHandle.of(pid).orElseThrow();
        controller.destroyForcibly();
        controller.onExit().join();
    }

    void startController() throws IOException {
        Files.writeString(directory.resolve("start-controller"), "");
    }

    /** One of SLURM's own commands. */
    String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLURM_CONF", directory.resolve("slurm.conf").toString());
        Process done = builder.start();
        String said = new String(done.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        done.waitFor();
        return said.strip();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

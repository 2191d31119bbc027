package io.stepyard.cli.demo;

import io.stepyard.cli.api.JobApiClient;
import io.stepyard.cli.service.ExitCode;
import io.stepyard.cli.service.Pause;
import io.stepyard.cli.service.YardFailure;
import io.stepyard.cli.start.Launcher;
import io.stepyard.cli.text.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A local runtime that the demo has started, with a state directory of its own. */
final class LocalRuntime implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final int LOG_LINES = 15;

    private final Process process;
    private final Ports ports;
    private final Path log;

    /** Where the runtime listens, all on the loopback. */
    record Ports(int stepFunctions, int api, int zurich, int geneva) {

        static final Ports DEFAULTS = new Ports(8083, 8084, 8091, 8092);

        /** The usual ports, and for each that is taken a free one. */
        static Ports free() {
            return new Ports(freePort(DEFAULTS.stepFunctions), freePort(DEFAULTS.api), freePort(DEFAULTS.zurich),
                    freePort(DEFAULTS.geneva));
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + stepFunctions);
        }

        URI apiBase() {
            return URI.create("http://127.0.0.1:" + api);
        }

        private static int freePort(int wanted) {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
                    return socket.getLocalPort();
                } catch (IOException none) {
                    throw new YardFailure(ExitCode.UNREACHABLE, "No free port on the loopback: " + none.getMessage(),
                            none);
                }
            }
        }
    }

    private LocalRuntime(Process process, Ports ports, Path log) {
        this.process = process;
        this.ports = ports;
        this.log = log;
    }

    /** Starts it with an empty state; returns at once. */
    static LocalRuntime start(Path state, Ports ports, Path directory) {
        try {
            delete(state);
            Files.createDirectories(state);
            Path log = state.resolve("runtime.log");
            List<String> arguments = List.of("local", "--state-dir", state.toString(), "--endpoint-port",
                    Integer.toString(ports.stepFunctions()), "--api-port", Integer.toString(ports.api()),
                    "--zurich-port", Integer.toString(ports.zurich()), "--geneva-port",
                    Integer.toString(ports.geneva()));
            return new LocalRuntime(Launcher.start(arguments, directory, log.toFile()), ports, log);
        } catch (IOException failure) {
            throw new YardFailure(ExitCode.UNREACHABLE, "Cannot start the local runtime: " + failure.getMessage(),
                    failure);
        }
    }

    Ports ports() {
        return ports;
    }

    Path log() {
        return log;
    }

    /** @throws YardFailure with the end of the runtime's log when it ends or is not up in time */
    void awaitUp(Pause pause) {
        JobApiClient api = new JobApiClient(ports.apiBase(), Json.MAPPER);
        long looks = START_LIMIT.dividedBy(BETWEEN_LOOKS);
        for (long look = 0; look < looks; look++) {
            if (api.isUp()) {
                return;
            }
            if (!process.isAlive()) {
                throw new YardFailure(ExitCode.UNREACHABLE, "The local runtime ended with exit code "
                        + process.exitValue() + " while it started; " + log + " ends with\n" + endOfLog());
            }
            pause.pause(BETWEEN_LOOKS);
        }
        throw new YardFailure(ExitCode.UNREACHABLE, "The local runtime was not up after " + START_LIMIT.toSeconds()
                + " s; " + log + " ends with\n" + endOfLog());
    }

    /** Asks it to stop and, when it does not, makes it and what it started stop. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroy);
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable.getMessage() + ")";
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

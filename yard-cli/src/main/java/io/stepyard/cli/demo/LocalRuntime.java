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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A local runtime that the demo has started, with a state directory of its own. */
final class LocalRuntime implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final int LOG_LINES = 15;

    private final Process process;
    private final Path state;
    private final Path log;

    /** Where the runtime is, as it tells in its file {@code runtime.json} once it listens. */
    record Addresses(URI jobApi, URI stepFunctions, String stateMachineArn) {}

    private LocalRuntime(Process process, Path state, Path log) {
        this.process = process;
        this.state = state;
        this.log = log;
    }

    /** Starts it with an empty state, at the usual ports or, where one is taken, at a free one; returns at once. */
    static LocalRuntime start(Path state, Path directory, boolean outlivesTerminal) {
        try {
            delete(state);
            Files.createDirectories(state);
            Path clusters = state.resolve("clusters.json");
            Files.writeString(clusters, Json.MAPPER.writeValueAsString(List.of(cluster("zurich", 8091),
                    cluster("geneva", 8092))));
            List<String> arguments = new ArrayList<>(List.of("local", "--state-dir", state.toString(), "--clusters",
                    clusters.toString(), "--step-functions-port", port(8083), "--api-port", port(8084)));
            Path log = state.resolve("runtime.log");
            return new LocalRuntime(Launcher.start(arguments, directory, log.toFile(), outlivesTerminal), state, log);
        } catch (IOException failure) {
            throw new YardFailure(ExitCode.UNREACHABLE, "Cannot start the local runtime: " + failure.getMessage(),
                    failure);
        }
    }

    /** The runtime that runs on a state directory already; empty when none does. */
    static Optional<Addresses> running(Path state) {
        return addresses(state).filter(found -> new JobApiClient(found.jobApi(), Json.MAPPER).isUp());
    }

    Path log() {
        return log;
    }

    Path state() {
        return state;
    }

    long processId() {
        return process.pid();
    }

    /** @throws YardFailure with the end of the runtime's log when it ends or is not up in time */
    Addresses awaitUp(Pause pause) {
        long looks = START_LIMIT.dividedBy(BETWEEN_LOOKS);
        for (long look = 0; look < looks; look++) {
            Optional<Addresses> addresses = running(state);
            if (addresses.isPresent()) {
                return addresses.get();
            }
            if (!process.isAlive()) {
                throw new YardFailure(ExitCode.UNREACHABLE, "The local runtime ended with exit code "
                        + process.exitValue() + " while it started; " + log + " ends with: " + endOfLog());
            }
            pause.pause(BETWEEN_LOOKS);
        }
        throw new YardFailure(ExitCode.UNREACHABLE, "The local runtime was not up after " + START_LIMIT.toSeconds()
                + " s; " + log + " ends with: " + endOfLog());
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

    private static Map<String, Object> cluster(String name, int wantedPort) {
        return Map.of("name", name, "cpu", 4, "memory", "8GiB", "port", Integer.valueOf(port(wantedPort)), "labels",
                Map.of("zone", "eu", "site", name));
    }

    /** The wanted port, or 0 for any free one when somebody else listens there. */
    private static String port(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException taken) {
            return "0";
        }
    }

    private static Optional<Addresses> addresses(Path state) {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(state.resolve("runtime.json")),
                    Addresses.class));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new YardFailure(ExitCode.UNREACHABLE, "Cannot read where the local runtime is: "
                    + unreadable.getMessage(), unreadable);
        }
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
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

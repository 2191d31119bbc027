package io.stepyard.contracts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A moto_server of this test run, on a free port of 127.0.0.1. A shell stands between: it ends the server when its own input ends, and
 * that ends with this JVM, however this JVM ends.
 */
public final class MotoServer implements AutoCloseable {

    private static final Pattern RUNNING_ON = Pattern.compile("Running on (http://127\\.0\\.0\\.1:[0-9]+)");
    private static final int LINES_KEPT = 20;
    private static final String SUPERVISED = "moto_server -H 127.0.0.1 -p 0 2>&1 & server=$!; cat >/dev/null; "
            + "kill -9 $server 2>/dev/null; wait $server 2>/dev/null";

    private final Process shell;
    private final URI endpoint;

    private MotoServer(Process shell, URI endpoint) {
        this.shell = shell;
        this.endpoint = endpoint;
    }

    public static boolean isOnPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "moto_server")));
    }

    /** @throws IllegalStateException with what the server said, when it does not start */
    public static MotoServer start() throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", SUPERVISED).redirectErrorStream(true).start();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
        Deque<String> said = new ArrayDeque<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher running = RUNNING_ON.matcher(line);
            if (running.find()) {
                // It logs each request: somebody has to read that, or it stops when the pipe is full.
                Thread.ofPlatform().daemon().name("moto-output").start(() -> drain(lines));
                return new MotoServer(shell, URI.create(running.group(1)));
            }
            said.add(line);
            if (said.size() > LINES_KEPT) {
                said.remove();
            }
        }
        throw new IllegalStateException("Expected moto_server to start, but it ended and said: " + said);
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        shell.onExit().join();
    }

    private static void drain(BufferedReader lines) {
        try (lines) {
            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
        } catch (IOException ended) {
            // The server is gone, and its output with it.
        }
    }
}

package io.stepyard.clusters.http;

import io.stepyard.localcluster.LocalClusterMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real local cluster of 4 cores and 4 GiB in a process of its own, started and ended by a test. */
final class ClusterProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile(".* ready on (http://127\\.0\\.0\\.1:\\d+) .*");

    private final Process process;
    private final URI address;

    private ClusterProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static ClusterProcess start(Path stateDir) throws IOException {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                LocalClusterMain.class.getName(), "--name", "zurich", "--cpu", "4", "--memory", "4GiB", "--port", "0",
                "--state-dir", stateDir.toString(), "--label", "zone=eu"))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        Matcher ready = READY.matcher(line == null ? "" : line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException("Expected the cluster to say that it is ready, but found " + line);
        }
        return new ClusterProcess(process, URI.create(ready.group(1)));
    }

    URI address() {
        return address;
    }

    /** As {@code kill -9} does it: the cluster has no chance to end its runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Expected the cluster to end within 20 s of SIGTERM, but it runs on");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.stepyard.local;

import io.stepyard.local.StartException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One cluster process: found alive from an earlier life of the runtime and adopted, or started. What a cluster runs goes on while
 * the runtime is away, so a cluster is never started anew beside one that lives.
 */
final class ClusterProcess {

    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final long LOOK_EVERY_MILLIS = 40;
    private static final int LOG_TAIL_CHARACTERS = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ClusterPlan plan;
    private final Path stateDir;
    private final Path log;
    private final ProcessHandle handle;
    private final int port;
    private final boolean adopted;

    private ClusterProcess(ClusterPlan plan, Path stateDir, Path log, ProcessHandle handle, int port,
            boolean adopted) {
        this.plan = plan;
        this.stateDir = stateDir;
        this.log = log;
        this.handle = handle;
        this.port = port;
        this.adopted = adopted;
    }

    /**
     * What a cluster writes about itself.
     *
     * @param instance a name that no other state directory has
     */
    private record Announcement(long pid, int port, String instance) {}

    /**
     * @throws StartException when it does not start, with its own words
     * @throws InterruptedException when the runtime is told to stop meanwhile
     */
    static ClusterProcess adoptOrStart(ClusterPlan plan, RuntimeDirectory directory, ClusterLauncher launcher,
            HttpClient http) throws StartException, InterruptedException {
        Path stateDir = directory.cluster(plan.name());
        Path log = directory.logs().resolve("cluster-" + plan.name() + ".log");
        Optional<Announcement> earlier = announcement(stateDir);
        if (earlier.isPresent()) {
            Optional<ProcessHandle> alive = ProcessHandle.of(earlier.get().pid()).filter(ProcessHandle::isAlive);
            if (alive.isPresent() && answersAs(plan.name(), earlier.get(), http)) {
                return new ClusterProcess(plan, stateDir, log, alive.get(), earlier.get().port(), true);
            }
        }
        return start(plan, stateDir, log, launcher);
    }

    private static ClusterProcess start(ClusterPlan plan, Path stateDir, Path log, ClusterLauncher launcher)
            throws StartException, InterruptedException {
        Process process;
        try {
            Files.deleteIfExists(stateDir.resolve("cluster.json"));
            process = launcher.start(plan, stateDir, log);
        } catch (IOException refused) {
            throw new StartException(Reason.FAILED, "cluster " + plan.name() + " cannot be started: " + refused,
                    refused);
        }
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                throw ended(plan, process.exitValue(), log);
            }
            Optional<Announcement> announced = announcement(stateDir).filter(said -> said.pid() == process.pid());
            if (announced.isPresent()) {
                return new ClusterProcess(plan, stateDir, log, process.toHandle(), announced.get().port(), false);
            }
        }
        process.destroyForcibly();
        throw new StartException(Reason.FAILED, "cluster " + plan.name() + " did not start within "
                + START_WITHIN.toSeconds() + " s; see " + log);
    }

    private static StartException ended(ClusterPlan plan, int exitCode, Path log) {
        Reason reason = exitCode == Reason.PORT_TAKEN.exitCode() ? Reason.PORT_TAKEN : Reason.FAILED;
        return new StartException(reason, "cluster " + plan.name() + " ended with " + exitCode + " at its start: "
                + lastLine(log));
    }

    private static String lastLine(Path log) {
        try {
            String text = Files.readString(log).strip();
            String line = text.substring(text.lastIndexOf('\n') + 1);
            return line.substring(0, Math.min(line.length(), LOG_TAIL_CHARACTERS));
        } catch (IOException unreadable) {
            return "see " + log;
        }
    }

    private static Optional<Announcement> announcement(Path stateDir) {
        try {
            JsonNode node = JSON.readTree(Files.readString(stateDir.resolve("cluster.json")));
            return Optional.of(new Announcement(node.path("pid").asLong(), node.path("port").asInt(),
                    node.path("instance").asString("")));
        } catch (IOException | JacksonException absentOrTorn) {
            return Optional.empty();
        }
    }

    /**
     * Whether the one that answers is the one that wrote the announcement. A process id and a port say nothing by themselves: both are given
     * to others after a death, and the cluster of another state directory may have the same name. What is adopted here is killed here later.
     */
    private static boolean answersAs(String name, Announcement said, HttpClient http) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + said.port() + "/v1/cluster"))
                .timeout(ANSWER_WITHIN).build();
        try {
            JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
            return answer.path("name").asString("").equals(name) && answer.path("pid").asLong(0) == said.pid()
                    && !said.instance().isEmpty() && answer.path("instance").asString("").equals(said.instance());
        } catch (IOException | JacksonException noCluster) {
            return false;
        }
    }

    ClusterPlan plan() {
        return plan;
    }

    long pid() {
        return handle.pid();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    boolean isAdopted() {
        return adopted;
    }

    /** Waits until it has ended, however long that takes. */
    void awaitEnd() throws InterruptedException {
        try {
            handle.onExit().get();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException("a process handle failed to tell of its end", impossible);
        }
    }

    /** Asks it to end, which ends its runs in order; kills it when it takes too long. */
    void stop() throws InterruptedException {
        handle.destroy();
        if (!endsWithin(STOP_WITHIN)) {
            handle.destroyForcibly();
            endsWithin(STOP_WITHIN);
        }
    }

    private boolean endsWithin(Duration time) throws InterruptedException {
        @Nullable
        ProcessHandle ended = handle.onExit().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS).join();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return ended != null;
    }

    @Override
    public String toString() {
        return "cluster " + plan.name() + " at " + url() + " (pid " + pid() + ", state " + stateDir + ", log " + log
                + ")";
    }
}

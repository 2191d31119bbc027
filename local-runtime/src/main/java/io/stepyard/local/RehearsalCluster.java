package io.stepyard.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stepyard.function.Events;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/** Answers like a cluster and runs nothing: every run that it takes has ended well a moment later. */
final class RehearsalCluster implements AutoCloseable {

    static final Resources CAPACITY = Resources.ofCores(32, 32 * 1024);

    private static final String RUNS = "/v1/runs/";
    /** A run ends this long after it has been taken, about as long as a real one that does nothing. */
    private static final Duration RUN = Duration.ofMillis(30);
    private static final long LOOK_EVERY_MILLIS = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name(Rehearsal.NAME + "-cluster-", 0).factory());
    private final InstantSource clock;
    private final List<Run> runs = new CopyOnWriteArrayList<>();

    private record Run(String key, Instant endsAt) {}

    private RehearsalCluster(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    static RehearsalCluster start(InstantSource clock) throws IOException {
        RehearsalCluster cluster = new RehearsalCluster(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), clock);
        cluster.server.setExecutor(cluster.threads);
        cluster.server.createContext("/", cluster::handle);
        cluster.server.start();
        return cluster;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            boolean taken = exchange.getRequestMethod().equals("PUT");
            String answer = path.equals("/metrics")
                    ? metrics()
                    : path.startsWith(RUNS)
                            ? run(path.substring(RUNS.length()), taken).toString()
                            : changes(exchange.getRequestURI().getRawQuery());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(taken ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String metrics() {
        long bytes = CAPACITY.memoryMib() << 20;
        return "stepyard_cluster_cpu_capacity_cores " + CAPACITY.cores() + "\nstepyard_cluster_cpu_used_cores 0\n"
                + "stepyard_cluster_memory_capacity_bytes " + bytes + "\nstepyard_cluster_memory_used_bytes 0\n"
                + "stepyard_cluster_sample_timestamp_seconds " + clock.instant().getEpochSecond() + "\n";
    }

    private ObjectNode run(String key, boolean taken) {
        String now = clock.instant().toString();
        if (taken) {
            runs.add(new Run(key, clock.instant().plus(RUN)));
        }
        return Events.MAPPER.createObjectNode().put("runId", Rehearsal.NAME + "-" + key).put("key", key)
                .put("jobId", key).put("state", taken ? "PENDING" : "SUCCEEDED").put("startedAt", now)
                .put("endedAt", now).put("exitCode", 0);
    }

    private String changes(String query) throws InterruptedException {
        Thread.sleep(LOOK_EVERY_MILLIS);
        int since = Integer.parseInt(query.replaceAll("^since=([0-9]+).*", "$1"));
        Instant now = clock.instant();
        int until = since;
        while (until < runs.size() && !runs.get(until).endsAt().isAfter(now)) {
            until++;
        }
        ObjectNode answer = Events.MAPPER.createObjectNode().put("seq", until);
        var ended = answer.putArray("ended");
        runs.subList(since, until).forEach(run -> ended.add(run(run.key(), false)));
        return answer.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

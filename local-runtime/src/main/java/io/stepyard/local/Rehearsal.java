package io.stepyard.local;

import io.stepyard.clusters.AdapterGateway;
import io.stepyard.clusters.ChangeFeed;
import io.stepyard.clusters.ClusterAdapters;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.Credentials;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.function.Events;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.stepfunctions.ExecutionListener;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import io.stepyard.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs some jobs of nothing while the runtime starts, so that the JVM has loaded and compiled what the first real jobs need. Everything
 * here is a second one of its kind: store, engine, scheduler and HTTP server stand in a directory of their own, which is deleted, and the
 * cluster runs nothing. The runtime's own store, journal and clusters never hear of it. When it fails, the first jobs are slower, and
 * nothing else is different.
 */
final class Rehearsal implements ExecutionListener, AutoCloseable {

    /** Part of every thread's name here; the log leaves out what such threads say in passing. */
    static final String NAME = "rehearsal";

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    static final int JOBS = 96;
    private static final int CLIENTS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 10;
    private static final String JOB = "{\"schemaVersion\":1,\"name\":\"rehearsal\",\"tenant\":\"rehearsal\",\"priority\":1000,"
            + "\"cpu\":1,\"memory\":\"64MiB\",\"timeLimit\":\"10m\",\"run\":{\"kind\":\"command\",\"command\":[\"true\"]}}";

    private final Path directory;
    private final LocalOptions options;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicInteger succeeded = new AtomicInteger();
    private final Thread thread;

    private Rehearsal(Path directory, LocalOptions options, InstantSource clock) {
        this.directory = directory;
        this.options = options;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name(NAME).daemon(true).unstarted(this::run);
    }

    /**
     * Begins at once, beside whatever else starts.
     *
     * @param directory its own: what is there is deleted, before and after
     */
    static Rehearsal start(Path directory, LocalOptions options, InstantSource clock) {
        Rehearsal rehearsal = new Rehearsal(directory, options, clock);
        rehearsal.thread.start();
        return rehearsal;
    }

    /** Waits until it is over and has tidied up, and no longer than that. False when it is not over. */
    boolean await(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    /** How many of its jobs have gone all the way. */
    int succeeded() {
        return succeeded.get();
    }

    private void run() {
        try {
            delete(directory);
            perform();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            LOG.warn("The rehearsal failed; the first jobs will be slower", failed);
        } finally {
            tidy();
        }
    }

    private void perform() throws IOException, InterruptedException {
        EmbeddedStore store = opened(EmbeddedStore.open(directory.resolve("store")));
        ClusterCalls calls = opened(new ClusterCalls(CallSettings.DEFAULT, Credentials.NONE));
        ExecutorService executor = opened(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(NAME + "-", 0).factory()));
        EngineSignals signals = new EngineSignals();
        AdapterGateway gateway = ClusterAdapters.all(calls, clock);
        Functions functions = new Functions(new Functions.Ports(store, gateway, signals, clock, executor), options,
                NAME + "-scheduler");
        RehearsalCluster cluster = opened(RehearsalCluster.start(clock));
        new RegisterCluster(store, store).register(NAME, ClusterKind.HTTP.text(), cluster.url(),
                RehearsalCluster.CAPACITY, Map.of());
        StepFunctionsEngine engine = opened(StepFunctionsEngine.builder().clock(clock)
                .journal(Journal.directory(directory.resolve("engine"))).functions(functions.registry())
                .listener(this).account(JobManager.ACCOUNT).region(JobManager.REGION).build());
        signals.connect(engine);
        JobManager.deploy(engine, options.settings().jobManager());
        ChangeFeed feed = gateway.changeFeed(store.cluster(NAME).orElseThrow()).orElseThrow();
        opened(new ClusterMonitor(NAME, store, store, feed, functions.observe(), functions.news())).start();
        opened(functions.loop()).start();
        StepFunctionsServer server = opened(StepFunctionsServer.start(engine,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        submitAll(URI.create("http://127.0.0.1:" + server.port() + "/"), executor);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        boolean over = false;
        while (!over && System.nanoTime() - deadline < 0) {
            over = engine.openExecutions() == 0 || closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void ended(ExecutionSummary execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            succeeded.incrementAndGet();
        }
    }

    private void submitAll(URI api, ExecutorService executor) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(CLIENTS);
        HttpClient http = opened(HttpClient.newHttpClient());
        for (int client = 0; client < CLIENTS; client++) {
            executor.execute(() -> {
                try {
                    for (int job = next.getAndIncrement(); job < JOBS
                            && closing.getCount() > 0; job = next.getAndIncrement()) {
                        submit(http, api, job);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
    }

    private static void submit(HttpClient http, URI api, int number) {
        String body = Events.MAPPER.writeValueAsString(Events.MAPPER.createObjectNode()
                .put("stateMachineArn", JobManager.ARN).put("name", NAME + "-" + number).put("input", JOB));
        try {
            int status = http.send(HttpRequest.newBuilder(api).header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", "AWSStepFunctions.StartExecution").timeout(LONGEST)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("Expected 200 to StartExecution, but found " + status);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private void tidy() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                LOG.warn("A part of the rehearsal did not stop well", failed);
            }
        }
        try {
            delete(directory);
        } catch (IOException left) {
            LOG.warn("The rehearsal's directory {} stays until the next start: {}", directory, left.toString());
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

    /** Tells it to end soon; it goes on to tidy up behind itself. */
    @Override
    public void close() {
        closing.countDown();
    }
}

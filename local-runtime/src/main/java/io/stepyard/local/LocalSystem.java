package io.stepyard.local;

import io.stepyard.clusters.AdapterGateway;
import io.stepyard.clusters.ClusterAdapters;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.LocalCredentials;
import io.stepyard.core.job.GiveUpAttempts;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.TendClusters;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.tenant.TenantsDesk;
import io.stepyard.local.StartException.Reason;
import io.stepyard.model.job.ClusterKind;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.server.StepFunctionsServer;
import io.stepyard.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything but the web: put together in {@link #open}, set going in {@link #run}, stopped in the opposite order. */
final class LocalSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);

    private final LocalOptions options;
    private final RuntimeDirectory directory;
    private final EmbeddedStore store;
    private final AdapterGateway gateway;
    private final EngineSignals signals = new EngineSignals();
    private final Functions functions;
    private final List<ClusterKeeper> keepers = new ArrayList<>();
    private final ClusterMonitors monitors;
    private final DroppedClusters dropped;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final InstantSource clock;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable StepFunctionsServer server;
    private @Nullable StepFunctionsEngine engine;

    /** Something that was started and is to be stopped. */
    private record Part(String name, AutoCloseable closeable) {}

    private LocalSystem(LocalOptions options, RuntimeDirectory directory, InstantSource clock) {
        this.options = options;
        this.directory = directory;
        this.clock = clock;
        parts.push(new Part("state directory", directory));
        parts.push(new Part("HTTP client", http));
        parts.push(new Part("executor", executor));
        store = EmbeddedStore.open(directory.store());
        parts.push(new Part("store", store));
        ClusterCalls calls = new ClusterCalls(CallSettings.DEFAULT, new LocalCredentials(System.getenv()));
        parts.push(new Part("calls to clusters", calls));
        gateway = ClusterAdapters.all(calls, clock);
        functions = new Functions(new Functions.Ports(store, gateway, signals, clock, executor), options, "scheduler");
        monitors = new ClusterMonitors(store, gateway, functions);
        dropped = new DroppedClusters(store, new TendClusters(store, store, functions.loop(),
                new GiveUpAttempts(functions.desk()), clock));
    }

    /** Takes the state directory, checks that the ports are free and opens the store. Nothing runs yet. */
    static LocalSystem open(LocalOptions options, InstantSource clock) throws StartException {
        RuntimeDirectory directory = RuntimeDirectory.open(options.stateDir());
        try {
            requireFree("--api-port", options.apiPort());
            requireFree("--step-functions-port", options.stepFunctionsPort());
            return new LocalSystem(options, directory, clock);
        } catch (StartException | RuntimeException failed) {
            try {
                directory.close();
            } catch (IOException also) {
                failed.addSuppressed(also);
            }
            throw failed instanceof StartException known
                    ? known
                    : new StartException(Reason.STATE_UNUSABLE, String.valueOf(failed.getMessage()), failed);
        }
    }

    private static void requireFree(String option, int port) throws StartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new StartException(Reason.PORT_TAKEN, "port " + port + " of 127.0.0.1 is taken ("
                    + taken.getMessage() + "); choose another with " + option, taken);
        }
    }

    /** Starts or adopts the clusters, all at once; the future ends when all of them answer. */
    Future<?> startClusters() {
        if (options.tenants() != null) {
            new TenantsDesk(store).replace(options.tenants());
        }
        RegisterCluster register = new RegisterCluster(store, store);
        List<ClusterPlan> plans = Stream.concat(options.clusters().stream(),
                dropped.begin(options.clusters()).stream()).toList();
        ClusterLauncher launcher = new ClusterLauncher(System.getProperty("java.class.path"));
        for (ClusterPlan plan : plans) {
            keepers.add(new ClusterKeeper(plan, directory, launcher, http, process -> register.register(
                    plan.name(), ClusterKind.HTTP.text(), process.url(), plan.capacity(), plan.labels(), Map.of(),
                    ClusterRecord.Origin.CLUSTERS_FILE)));
        }
        Future<?> all = executor.submit(this::startAll);
        parts.push(new Part("clusters", () -> stopClusters(all)));
        return all;
    }

    private boolean startAll() throws InterruptedException, ExecutionException {
        List<Future<?>> starts = new ArrayList<>();
        for (ClusterKeeper keeper : keepers) {
            starts.add(executor.submit(() -> {
                keeper.start();
                return true;
            }));
        }
        for (Future<?> start : starts) {
            start.get();
        }
        return true;
    }

    /** Not before all have started or failed: a cluster that starts later would be left behind. */
    private void stopClusters(Future<?> all) throws InterruptedException {
        try {
            all.get();
        } catch (ExecutionException told) {
            LOG.debug("Not all clusters had started", told);
        }
        List<Thread> stops = keepers.stream().map(keeper -> Thread.ofVirtual().start(keeper::close)).toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }

    /** Sets everything going once the clusters answer. */
    void run(Future<?> clusters) throws StartException, InterruptedException {
        await(clusters);
        JobManager jobManager = new JobManager(store, functions.cancel());
        StepFunctionsEngine started = StepFunctionsEngine.builder().clock(clock)
                .journal(Journal.directory(directory.engine())).functions(functions.registry()).listener(jobManager)
                .account(JobManager.ACCOUNT).region(JobManager.REGION).build();
        engine = started;
        parts.push(new Part("engine", started));
        signals.connect(started);
        JobManager.deploy(started, options.settings().jobManager());
        jobManager.connect(started);
        jobManager.reconcile();
        server = serve(started);
        parts.push(new Part("Step Functions API", server));
        startMonitors(jobManager);
        functions.loop().start();
        parts.push(new Part("scheduler", functions.loop()));
        functions.loop().kick();
    }

    private static void await(Future<?> clusters) throws StartException, InterruptedException {
        try {
            clusters.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed;
            while (cause instanceof ExecutionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof StartException known
                    ? known
                    : new StartException(Reason.FAILED, "the clusters do not start: " + cause, cause);
        }
    }

    private StepFunctionsServer serve(StepFunctionsEngine started) throws StartException {
        try {
            return StepFunctionsServer.start(started,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), options.stepFunctionsPort()));
        } catch (UncheckedIOException taken) {
            throw new StartException(Reason.PORT_TAKEN, "port " + options.stepFunctionsPort()
                    + " of 127.0.0.1 is taken; choose another with --step-functions-port", taken);
        }
    }

    private void startMonitors(JobManager jobManager) {
        monitors.follow();
        parts.push(new Part("monitors", monitors));
        TickLoop sweeper = new TickLoop("sweeper", () -> {
            jobManager.followAgain();
            sweep();
        }, options.settings().sweepEvery());
        sweeper.start();
        parts.push(new Part("sweeper", sweeper));
    }

    private void sweep() {
        functions.sweep();
        dropped.leave(name -> keepers.stream().filter(keeper -> keeper.name().equals(name))
                .forEach(ClusterKeeper::close));
        monitors.follow();
    }

    EmbeddedStore store() {
        return store;
    }

    AdapterGateway gateway() {
        return gateway;
    }

    Functions functions() {
        return functions;
    }

    RuntimeDirectory directory() {
        return directory;
    }

    /** How many executions run; 0 before the engine does. */
    int openExecutions() {
        StepFunctionsEngine started = engine;
        return started == null ? 0 : started.openExecutions();
    }

    int stepFunctionsPort() {
        StepFunctionsServer started = server;
        if (started == null) {
            throw new IllegalStateException("the Step Functions API has not started");
        }
        return started.port();
    }

    List<Addresses.Cluster> clusters() {
        return keepers.stream().map(ClusterKeeper::process)
                .map(process -> new Addresses.Cluster(process.plan().name(), process.pid(), process.url().toString()))
                .toList();
    }

    /** Stops what was started, the last first. A part that does not stop well is logged and does not keep the others. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closeable().close();
            } catch (Exception failed) {
                LOG.warn("The {} did not stop well", part.name(), failed);
            }
        }
    }
}

package io.stepyard.clusters.http;

import io.stepyard.clusters.AdapterGateway;
import io.stepyard.clusters.ChangeFeed;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.Credentials;
import io.stepyard.clusters.testing.ClusterUnderTest;
import io.stepyard.clusters.testing.FaultyProxy;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP adapter before a real cluster process, with a proxy between them that breaks what passes. */
final class HttpClusterUnderTest implements ClusterUnderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterProcess process;
    private final FaultyProxy proxy;
    private final ClusterCalls calls = new ClusterCalls(new CallSettings(Duration.ofSeconds(1), Duration.ofMillis(1500),
            8, 1 << 20, 100, Duration.ofSeconds(1)), Credentials.NONE);
    private final HttpClusterAdapter adapter = new HttpClusterAdapter(calls);
    private final AdapterGateway gateway = new AdapterGateway(List.of(adapter));
    private URI endpoint;

    HttpClusterUnderTest(ClusterProcess process) throws IOException {
        this.process = process;
        this.proxy = FaultyProxy.before(process.address());
        this.endpoint = proxy.address();
    }

    static ClusterRecord record(URI endpoint) {
        return new ClusterRecord("zurich", 0, HttpClusterAdapter.KIND, endpoint, Resources.NONE, Map.of(), false, null,
                Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }

    @Override
    public ClusterGateway gateway() {
        return gateway;
    }

    @Override
    public ClusterRecord cluster() {
        return record(endpoint);
    }

    HttpClusterAdapter adapter() {
        return adapter;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    @Override
    public RunSpec program(Program program) {
        return new RunSpec.Command(switch (program) {
            case SUCCEED -> List.of("echo", "hello");
            case FAIL -> List.of("sh", "-c", "echo access denied >&2; exit 3");
            case RUN_ON -> List.of("sleep", "600");
        }, null);
    }

    @Override
    public Observation awaitEnd(String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long since = 0;
        while (System.nanoTime() < deadline) {
            ChangeFeed.Changes changes = adapter.changes(cluster(), since, Duration.ofSeconds(5));
            Optional<ChangeFeed.Ended> ended = changes.ended().stream().filter(run -> run.key().equals(key))
                    .findFirst();
            if (ended.isPresent()) {
                return ended.get().observation();
            }
            since = changes.next();
        }
        throw new AssertionError("Expected " + key + " to end within " + PATIENCE + ", but it is "
                + adapter.observe(cluster(), key, null));
    }

    @Override
    public Observation awaitRunning(String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Observation last = adapter.observe(cluster(), key, null);
        while (last instanceof Observation.Pending && System.nanoTime() < deadline) {
            // Starting takes milliseconds, and each look is an exchange of messages: no pause is needed.
            last = adapter.observe(cluster(), key, null);
        }
        return last;
    }

    @Override
    public void begin(Fault fault) {
        switch (fault) {
            case NO_CONNECTION -> endpoint = closedPort();
            case NO_ANSWER -> proxy.mode(new FaultyProxy.Mode.Hang());
            case LOST_REPLY -> proxy.mode(new FaultyProxy.Mode.LoseReply());
            case ERROR_PAGE -> proxy.mode(new FaultyProxy.Mode.Answer(500, "text/html", "<html>Bad Gateway</html>"));
            case TRUNCATED -> proxy.mode(new FaultyProxy.Mode.CutOff("{\"runId\":\"zurich-1\",\"ke"));
            case METRICS_NAN -> proxy.mode(new FaultyProxy.Mode.Rewrite(
                    page -> page.replaceAll("(?m)^(stepyard_cluster_cpu_used_cores) .*$", "$1 NaN")));
            case METRICS_EMPTY -> proxy.mode(new FaultyProxy.Mode.Rewrite(_ -> ""));
            case UNKNOWN_STATE -> proxy.mode(new FaultyProxy.Mode.Rewrite(
                    text -> text.replaceAll("\"state\":\"[A-Z_]+\"", "\"state\":\"CONFUSED\"")));
        }
    }

    private static URI closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException noPort) {
            throw new java.io.UncheckedIOException(noPort);
        }
    }

    @Override
    public void heal() {
        endpoint = proxy.address();
        proxy.mode(new FaultyProxy.Mode.Pass());
    }

    @Override
    public void close() {
        calls.close();
        proxy.close();
        process.close();
    }
}

package io.stepyard.clusters.slurm;

import io.stepyard.clusters.AdapterGateway;
import io.stepyard.clusters.call.CallSettings;
import io.stepyard.clusters.call.ClusterCalls;
import io.stepyard.clusters.call.LocalCredentials;
import io.stepyard.clusters.testing.ClusterUnderTest;
import io.stepyard.clusters.testing.FaultyProxy;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.job.RunSpec;
import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The SLURM adapter before a real SLURM, with a proxy between them that breaks what passes. */
final class SlurmUnderTest implements ClusterUnderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final RealSlurm slurm;
    private final FaultyProxy proxy;
    private final ClusterCalls calls = new ClusterCalls(new CallSettings(Duration.ofSeconds(2), Duration.ofSeconds(4),
            8, 1 << 20, 100, Duration.ofSeconds(1)), new LocalCredentials(Map.of()));
    private final AdapterGateway gateway = new AdapterGateway(
            List.of(new SlurmClusterAdapter(calls, InstantSource.system())));
    private URI endpoint;

    SlurmUnderTest(RealSlurm slurm) throws IOException {
        this.slurm = slurm;
        this.proxy = FaultyProxy.before(slurm.endpoint());
        this.endpoint = proxy.address();
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    public ClusterGateway gateway() {
        return gateway;
    }

    @Override
    public ClusterRecord cluster() {
        return new ClusterRecord("bern", 1, "slurm", endpoint, Resources.NONE, Map.of(),
                Map.of("user", "nobody", "credentials", "file:" + slurm.token(), "outputDirectory",
                        slurm.output().toString(), "apiVersion", "v0.0.38"),
                false, null, Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }

    @Override
    public RunSpec program(Program program) {
        return switch (program) {
            case SUCCEED -> new RunSpec.Command(List.of("echo", "hello"), null);
            case FAIL -> new RunSpec.Script("echo access denied >&2; exit 3", null);
            case RUN_ON -> new RunSpec.Slurm("#!/bin/bash\nexec sleep 600\n", "debug", null, null, null);
        };
    }

    @Override
    public Observation awaitEnd(String key) {
        heal();
        return await(key, seen -> seen instanceof Observation.Succeeded || seen instanceof Observation.Failed
                || seen instanceof Observation.Cancelled);
    }

    @Override
    public Observation awaitRunning(String key) {
        heal();
        return await(key, seen -> !(seen instanceof Observation.Pending));
    }

    private Observation await(String key, Predicate<Observation> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Observation last = gateway.observe(cluster(), key, null);
        while (!wanted.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Expected news of " + key + " within " + PATIENCE + ", but it is " + last);
            }
            // Each look is an exchange of messages with two processes: no pause is needed.
            last = gateway.observe(cluster(), key, null);
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
            case TRUNCATED -> proxy.mode(new FaultyProxy.Mode.CutOff("{\"meta\":{\"plug"));
            case METRICS_NAN -> proxy.mode(new FaultyProxy.Mode.Rewrite(
                    text -> text.replaceAll("\"alloc_cpus\": *\\d+", "\"alloc_cpus\":\"NaN\"")));
            case METRICS_EMPTY -> proxy.mode(new FaultyProxy.Mode.Answer(200, "application/json",
                    "{\"meta\":{},\"errors\":[],\"nodes\":[]}"));
            case UNKNOWN_STATE -> proxy.mode(new FaultyProxy.Mode.Rewrite(
                    text -> text.replaceAll("\"job_state\": *\"[A-Z_]+\"", "\"job_state\":\"CONFUSED\"")));
        }
    }

    private static URI closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @Override
    public void heal() {
        endpoint = proxy.address();
        proxy.mode(new FaultyProxy.Mode.Pass());
    }

    /** Leaves the SLURM to the next test, with nothing on it. */
    @Override
    public void close() {
        heal();
        calls.close();
        proxy.close();
        try {
            slurm.run("scancel", "--user=nobody", "--signal=KILL", "--full");
            slurm.run("scancel", "--user=nobody");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!slurm.run("squeue", "-h").isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Expected an empty SLURM, but found " + slurm.run("squeue", "-h"));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}

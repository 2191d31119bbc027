package io.stepyard.localcluster;

import io.stepyard.model.resource.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A running cluster: real processes on this machine behind an HTTP API on 127.0.0.1. Closing it ends its runs. */
public final class LocalCluster implements AutoCloseable {

    public static final int DEFAULT_RETENTION = 100_000;
    public static final Duration DEFAULT_KILL_GRACE = Duration.ofSeconds(3);
    public static final long DEFAULT_OUTPUT_CAP_BYTES = 64L * 1024 * 1024;

    /**
     * What a cluster is.
     *
     * @param capacity what all runs together may ask for; nothing above it is ever accepted
     * @param port 0 for any free one
     * @param stateDir kept over restarts; one living cluster at a time
     * @param retention how many ended runs are kept, with their output; a key that is no longer kept counts as new
     * @param killGrace time between asking a process to end and killing it
     * @param outputCapBytes for each of stdout and stderr of a run
     */
    public record Config(String name, Resources capacity, int port, Path stateDir, Map<String, String> labels,
            int retention, Duration killGrace, long outputCapBytes, InstantSource clock) {

        public Config {
            labels = Map.copyOf(labels);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
                throw new IllegalArgumentException(
                        "Expected a cluster name of letters, digits, '.', '_' or '-', but found '"
                                + name + "'");
            }
            if (capacity.cpuMillicores() == 0 || capacity.memoryMib() == 0) {
                throw new IllegalArgumentException("Expected a capacity above 0, but found " + capacity);
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("Expected a port from 0 to 65535, but found " + port);
            }
            if (retention < 1 || outputCapBytes < 1024 || killGrace.isNegative()) {
                throw new IllegalArgumentException(
                        "Expected retention of 1 or more, an output cap of 1024 bytes or more and a kill grace of 0 or more, but found "
                                + retention + ", " + outputCapBytes + ", " + killGrace);
            }
        }

        public static Config of(String name, Resources capacity, int port, Path stateDir) {
            return new Config(name, capacity, port, stateDir, Map.of(), DEFAULT_RETENTION, DEFAULT_KILL_GRACE,
                    DEFAULT_OUTPUT_CAP_BYTES, InstantSource.system());
        }

        public Config labelled(Map<String, String> newLabels) {
            return new Config(name, capacity, port, stateDir, newLabels, retention, killGrace, outputCapBytes, clock);
        }

        public Config keeping(int endedRuns) {
            return new Config(name, capacity, port, stateDir, labels, endedRuns, killGrace, outputCapBytes, clock);
        }

        public Config killingAfter(Duration grace) {
            return new Config(name, capacity, port, stateDir, labels, retention, grace, outputCapBytes, clock);
        }

        public Config cappingOutputAt(long bytes) {
            return new Config(name, capacity, port, stateDir, labels, retention, killGrace, bytes, clock);
        }
    }

    private final StateDirectory state;
    private final Journal journal;
    private final Runner runner;
    private final HttpApi http;
    private boolean closed;

    private LocalCluster(StateDirectory state, Journal journal, Runner runner, HttpApi http) {
        this.state = state;
        this.journal = journal;
        this.runner = runner;
        this.http = http;
    }

    /**
     * Starts a cluster, takes up the runs of its earlier life, and answers from then on.
     *
     * @throws ClusterStartException when its state directory or port is taken, or its state cannot be read
     */
    public static LocalCluster start(Config config) throws ClusterStartException {
        StateDirectory state = StateDirectory.open(config.stateDir());
        try {
            return start(config, state);
        } catch (ClusterStartException | RuntimeException failure) {
            closeQuietly(state, failure);
            throw failure;
        } catch (IOException unusable) {
            closeQuietly(state, unusable);
            throw new ClusterStartException(ClusterStartException.Reason.STATE_UNUSABLE,
                    "cluster " + config.name() + " cannot start: " + unusable, unusable);
        }
    }

    private static LocalCluster start(Config config, StateDirectory state) throws ClusterStartException, IOException {
        HttpApi http = HttpApi.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()), config);
        try {
            JsonMapper json = JsonMapper.builder().build();
            Forgetter forgetter = new Forgetter();
            RunTable table = new RunTable(config, state.runs(), forgetter);
            Journal journal = Journal.open(state.journal(), json, table::load);
            table.opened(journal);
            Launcher launcher = new Launcher(config.name(), state.identity(), state.path(), config.clock());
            Runner runner = new Runner(config, table, launcher);
            forgetter.connect(runner);
            for (LiveRun run : table.liveRuns()) {
                runner.adopt(run);
            }
            http.serve(config, state.identity(), table, runner, json);
            state.announce(json, config.name(), http.port());
            return new LocalCluster(state, journal, runner, http);
        } catch (IOException | RuntimeException failure) {
            http.close();
            throw failure;
        }
    }

    private static void closeQuietly(StateDirectory state, Exception failure) {
        try {
            state.close();
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
    }

    public int port() {
        return http.port();
    }

    /** Ends all runs, each with all its processes, records them as KILLED, and stops. Takes little more than twice the kill grace. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (state; journal; http) {
            // Runs first; then, in reverse order, the API that shows them, the journal, the lock.
            runner.close();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException("The cluster could not close its journal", failure);
        }
    }
}

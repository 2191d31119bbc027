package io.stepyard.core.memory;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.ClusterUnavailable;
import io.stepyard.core.cluster.Observation;
import io.stepyard.core.cluster.Submission;
import io.stepyard.core.cluster.SubmitOutcome;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.model.resource.Resources;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Simulated clusters on an injected clock: each run does what the script says for its submission, refuses what does not fit, and
 * keeps what it was told for ever. Faults are switched on and off from outside. Held to the same contract as real adapters.
 */
public final class InMemoryClusters implements ClusterGateway {

    public static final String KIND = "simulated";

    /** What can be wrong with a cluster. */
    public enum Fault {
        /** No connection: nothing arrives. */
        DOWN,
        /** No answer in time; nothing arrived. */
        SLOW,
        /** What is asked is done, but no answer comes back in time. */
        LOST_REPLY,
        /** Every answer makes no sense; nothing is done. */
        NONSENSE,
        /** Everything works but the metrics. */
        NO_METRICS,
        /** The metrics stand still at the last sample before the fault. */
        STALE_METRICS,
        /** Runs are in a state that nobody has a word for. */
        UNRECOGNISED_STATE
    }

    private final InstantSource clock;
    private final Map<String, SimulatedCluster> clusters = new TreeMap<>();
    private Function<Submission, RunScript> script = _ -> RunScript.ENDLESS;

    public InMemoryClusters(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a cluster, healthy and empty, and gives the record under which it is spoken to. */
    public synchronized ClusterRecord add(String name, Resources capacity) {
        clusters.put(name, new SimulatedCluster(name, capacity));
        return record(name, capacity);
    }

    /** A record for a cluster of this name, whether it exists or not. */
    public static ClusterRecord record(String name, Resources capacity) {
        return new ClusterRecord(name, 0, KIND, URI.create("simulated://" + name), capacity, Map.of(), false, null,
                Resources.NONE, ClusterRecord.Health.NEVER_CHECKED);
    }

    /** Says what submissions do that come from now on; without a script they run until they are cancelled or out of time. */
    public synchronized void script(Function<Submission, RunScript> newScript) {
        script = newScript;
    }

    /** Ends a run now, whatever its script says. */
    public synchronized void finish(String cluster, String key, int exitCode, String errorOutput) {
        SimulatedRun run = known(cluster).run(key);
        if (run == null) {
            throw new IllegalArgumentException(
                    "Expected a run of " + cluster + " to finish, but found none under " + key);
        }
        run.finish(clock.instant(), exitCode, errorOutput);
    }

    /** Ends all runs of a cluster as its shutdown does. */
    public synchronized void killAll(String cluster) {
        known(cluster).runs().forEach(run -> run.kill(clock.instant()));
    }

    /** The cluster forgets everything it knew, its runs included. */
    public synchronized void forgetAll(String cluster) {
        known(cluster).forgetAll();
    }

    public synchronized void begin(String cluster, Fault fault) {
        known(cluster).begin(fault, clock.instant());
    }

    public synchronized void heal(String cluster) {
        known(cluster).heal();
    }

    /** The next calls meet these faults, one each, whatever else is the matter. */
    public synchronized void failNext(String cluster, Fault... faults) {
        known(cluster).once.addAll(List.of(faults));
    }

    /** How often a run was started under the key; more than 1 is never right. */
    public synchronized int starts(String cluster, String key) {
        return known(cluster).starts(key);
    }

    /** Keys of all runs that are live now. */
    public synchronized List<String> live(String cluster) {
        return known(cluster).live(clock.instant());
    }

    /** How often the cluster refused for want of room: over-commitment shows here. */
    public synchronized int refusals(String cluster) {
        return known(cluster).refusals;
    }

    private SimulatedCluster known(String name) {
        SimulatedCluster cluster = clusters.get(name);
        if (cluster == null) {
            throw new IllegalArgumentException(
                    "Expected a simulated cluster among " + clusters.keySet() + ", but found " + name);
        }
        return cluster;
    }

    /** The cluster, as far as it can be reached; LOST_REPLY is left to the caller, who does the work first. */
    private SimulatedCluster reach(ClusterRecord record) {
        SimulatedCluster cluster = clusters.get(record.name());
        if (cluster == null) {
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, record, "no connection");
        }
        cluster.current = EnumSet.noneOf(Fault.class);
        cluster.current.addAll(cluster.faults);
        if (!cluster.once.isEmpty()) {
            cluster.current.add(cluster.once.removeFirst());
        }
        if (cluster.current.contains(Fault.DOWN)) {
            throw unavailable(ClusterUnavailable.Kind.NOT_SENT, record, "no connection");
        }
        if (cluster.current.contains(Fault.SLOW)) {
            throw unavailable(ClusterUnavailable.Kind.TIMED_OUT, record, "no answer in time");
        }
        if (cluster.current.contains(Fault.NONSENSE)) {
            throw unavailable(ClusterUnavailable.Kind.NONSENSE, record, "expected an answer, but found nonsense");
        }
        return cluster;
    }

    private static <T> T reply(SimulatedCluster cluster, ClusterRecord record, T answer) {
        if (cluster.current.contains(Fault.LOST_REPLY)) {
            throw unavailable(ClusterUnavailable.Kind.TIMED_OUT, record, "the reply was lost");
        }
        return answer;
    }

    private static ClusterUnavailable unavailable(ClusterUnavailable.Kind kind, ClusterRecord record, String message) {
        return new ClusterUnavailable(kind, "cluster " + record.name() + ": " + message, null);
    }

    @Override
    public synchronized SubmitOutcome submit(ClusterRecord record, Submission submission) {
        SimulatedCluster cluster = reach(record);
        return reply(cluster, record, cluster.submit(submission, script, clock.instant()));
    }

    @Override
    public synchronized Observation observe(ClusterRecord record, String key, @Nullable String clusterJobId) {
        SimulatedCluster cluster = reach(record);
        SimulatedRun run = cluster.run(key);
        if (run == null) {
            return reply(cluster, record, new Observation.NotFound());
        }
        return reply(cluster, record, cluster.current.contains(Fault.UNRECOGNISED_STATE)
                ? new Observation.Unrecognised("CONFUSED")
                : run.observe(clock.instant()));
    }

    @Override
    public synchronized void cancel(ClusterRecord record, String key, @Nullable String clusterJobId) {
        SimulatedCluster cluster = reach(record);
        SimulatedRun run = cluster.run(key);
        if (run == null) {
            cluster.closed.add(key);
        } else {
            run.cancel(clock.instant());
        }
        var _ = reply(cluster, record, key);
    }

    @Override
    public synchronized String errorOutput(ClusterRecord record, String key, @Nullable String clusterJobId,
            int maxBytes) {
        SimulatedCluster cluster = reach(record);
        SimulatedRun run = cluster.run(key);
        return reply(cluster, record, run == null ? "" : tail(run.errorOutput(clock.instant()), maxBytes));
    }

    @Override
    public synchronized String output(ClusterRecord record, String key, @Nullable String clusterJobId, int maxBytes) {
        SimulatedCluster cluster = reach(record);
        SimulatedRun run = cluster.run(key);
        return reply(cluster, record, run == null ? "" : tail(run.output(clock.instant()), maxBytes));
    }

    @Override
    public synchronized ClusterSample sample(ClusterRecord record) {
        SimulatedCluster cluster = reach(record);
        if (cluster.current.contains(Fault.NO_METRICS)) {
            throw unavailable(ClusterUnavailable.Kind.NONSENSE, record, "expected metrics, but found NaN");
        }
        return reply(cluster, record, cluster.sample(clock.instant()));
    }

    private static String tail(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = Math.max(0, bytes.length - maxBytes);
        while (start > 0 && start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
            start++;
        }
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    /** One cluster's state; guarded by the gateway's monitor. */
    private static final class SimulatedCluster {
        private final String name;
        private final Resources capacity;
        private final Map<String, SimulatedRun> runs = new TreeMap<>();
        private final Set<String> closed = new TreeSet<>();
        private final Map<String, Integer> starts = new TreeMap<>();
        private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
        private final Deque<Fault> once = new ArrayDeque<>();
        /** Faults of the call that is being answered. */
        private Set<Fault> current = EnumSet.noneOf(Fault.class);
        private @Nullable ClusterSample frozen;
        private int refusals;
        private int lastNumber;

        SimulatedCluster(String name, Resources capacity) {
            this.name = name;
            this.capacity = capacity;
        }

        SubmitOutcome submit(Submission submission, Function<Submission, RunScript> script, Instant now) {
            SimulatedRun before = runs.get(submission.key());
            if (before != null) {
                return new SubmitOutcome.Accepted(before.id());
            }
            if (closed.contains(submission.key())) {
                return new SubmitOutcome.Refused(SubmitOutcome.CANCELLED, "The key was cancelled before");
            }
            Resources wanted = used(now).plus(submission.spec().resources());
            if (!wanted.fitsWithin(capacity)) {
                refusals++;
                return new SubmitOutcome.Refused("OVER_CAPACITY", "Expected to fit into what is free of " + name + " ("
                        + capacity.minusAtMost(used(now)) + "), but found " + submission.spec().resources());
            }
            SimulatedRun run = new SimulatedRun(name + "-" + ++lastNumber, submission, script.apply(submission), now);
            runs.put(submission.key(), run);
            starts.merge(submission.key(), 1, Integer::sum);
            return new SubmitOutcome.Accepted(run.id());
        }

        @Nullable
        SimulatedRun run(String key) {
            return runs.get(key);
        }

        Iterable<SimulatedRun> runs() {
            return runs.values();
        }

        void forgetAll() {
            runs.clear();
        }

        void begin(Fault fault, Instant now) {
            if (fault == Fault.STALE_METRICS && frozen == null) {
                frozen = sample(now);
            }
            faults.add(fault);
        }

        void heal() {
            faults.clear();
            once.clear();
            frozen = null;
        }

        int starts(String key) {
            return starts.getOrDefault(key, 0);
        }

        List<String> live(Instant now) {
            return runs.entrySet().stream().filter(run -> run.getValue().isLive(now)).map(Map.Entry::getKey).toList();
        }

        Resources used(Instant now) {
            Resources used = Resources.NONE;
            for (SimulatedRun run : runs.values()) {
                used = run.isLive(now) ? used.plus(run.resources()) : used;
            }
            return used;
        }

        ClusterSample sample(Instant now) {
            return frozen != null ? frozen : new ClusterSample(capacity, used(now), now);
        }
    }
}

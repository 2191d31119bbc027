package io.stepyard.simulator.world;

import io.stepyard.core.cluster.ClusterSample;
import io.stepyard.core.cluster.Submission;
import io.stepyard.model.resource.Resources;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One cluster as it really is, and what is the matter with it at present. */
final class TrueCluster {

    private final String name;
    private final Resources capacity;
    private final Map<String, TrueRun> runs = new LinkedHashMap<>();
    /** Runs that may still be live; those that have ended are taken out in passing. */
    private final Map<String, TrueRun> live = new LinkedHashMap<>();
    /** Whether it remembers a key that was cancelled before its submission came; some kinds of clusters cannot. */
    private final boolean closesKeys;
    private final Set<String> closed = new HashSet<>();
    private final Set<String> idsGiven = new HashSet<>();
    private final Set<FaultClass> troubles = EnumSet.noneOf(FaultClass.class);
    private Resources foreign = Resources.NONE;
    private @Nullable ClusterSample frozen;
    private @Nullable Instant lastSample;
    private @Nullable Instant lastGood;
    private int lastNumber;

    TrueCluster(String name, Resources capacity, boolean closesKeys) {
        this.closesKeys = closesKeys;
        this.name = name;
        this.capacity = capacity;
    }

    String name() {
        return name;
    }

    Resources capacity() {
        return capacity;
    }

    @Nullable
    TrueRun run(String key) {
        return runs.get(key);
    }

    /** What has been going on for a while: an outage, frozen metrics. */
    Set<FaultClass> troubles() {
        return troubles;
    }

    void begin(FaultClass trouble, Instant now) {
        troubles.add(trouble);
        if (trouble == FaultClass.METRICS_STALE) {
            frozen = new ClusterSample(capacity, used(now), now);
        }
    }

    void end(FaultClass trouble) {
        troubles.remove(trouble);
        if (trouble == FaultClass.METRICS_STALE) {
            frozen = null;
        }
    }

    /** Somebody else takes so much of what is free. */
    void foreign(Resources wanted, Instant now) {
        foreign = wanted.min(capacity.minusAtMost(ours(now)));
    }

    Collection<TrueRun> live(Instant now) {
        live.values().removeIf(run -> !run.isLive(now));
        return live.values();
    }

    List<TrueRun> running(Instant now) {
        return live(now).stream().filter(run -> run.isRunning(now)).toList();
    }

    Resources ours(Instant now) {
        return live(now).stream().map(TrueRun::resources).reduce(Resources.NONE, Resources::plus);
    }

    Resources used(Instant now) {
        return ours(now).plus(foreign);
    }

    boolean hasRoom(Resources wanted, Instant now) {
        return used(now).plus(wanted).fitsWithin(capacity);
    }

    String nextId() {
        return name + "-" + ++lastNumber;
    }

    /** @return whether the id had been given before, to another run */
    boolean add(TrueRun run) {
        runs.put(run.key(), run);
        live.put(run.key(), run);
        return !idsGiven.add(run.id());
    }

    /** Everything it knew is gone, and it counts from the beginning again. */
    void loseAll(Instant now) {
        live(now).forEach(run -> run.settle(now, TrueRun.End.LOST));
        runs.values().forEach(TrueRun::forget);
        lastNumber = 0;
    }

    ClusterSample sample(Instant now) {
        ClusterSample sample = frozen == null ? new ClusterSample(capacity, used(now), now) : frozen;
        lastSample = sample.sampledAt();
        return sample;
    }

    /** A sample that a scheduler may rely on was handed out. */
    void reliedOn(ClusterSample sample) {
        lastGood = sample.sampledAt();
    }

    /** When the last sample was taken that a scheduler may rely on, or null. */
    @Nullable
    Instant lastGood() {
        return lastGood;
    }

    /** When the last sample was taken that anybody saw, or null. */
    @Nullable
    Instant lastSample() {
        return lastSample;
    }

    /** An attempt was cancelled that it does not know. */
    void close(String key) {
        if (closesKeys) {
            closed.add(key);
        }
    }

    boolean isClosed(Submission submission) {
        return closed.contains(submission.key());
    }
}

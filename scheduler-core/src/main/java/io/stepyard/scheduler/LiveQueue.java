package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.QueueOrder.Aspect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue, the running jobs and the clusters, kept between passes, so that a pass costs the jobs it starts and the
 * kinds of jobs there are, not the length of the queue.
 *
 * <p>Not safe for several threads. Reads no clock: every moment comes in.
 */
public final class LiveQueue {

    /** Half of what a tenant used is forgotten in this time. */
    public static final Duration USAGE_HALF_LIFE = Duration.ofDays(7);

    private final Policy policy;
    private final Set<Aspect> aspects;
    private final boolean byLimit;
    private final Amounts amounts = new Amounts();
    private final Map<JobGroup.Key, JobGroup> groups = new HashMap<>();
    private final List<JobGroup> list = new ArrayList<>();
    private final Map<String, ClusterState> clusters = new HashMap<>();
    private final Map<String, Holding> holdings = new HashMap<>();
    private final Quotas quotas;
    private final Windows windows;
    private final FairShare fairShare;
    private ClusterState[] byName = {};
    private long growth;
    /** Clusters that got more room since {@code growth} was {@code grownSince}, which is since the last pass. */
    private final List<ClusterState> grown = new ArrayList<>();
    private long grownSince;
    private long opened;
    private int waiting;
    /** Millicore-seconds of all waiting jobs by their planned runs. */
    private long waitingWork;

    public LiveQueue(Policy policy, PassTerms terms) {
        this.policy = policy;
        this.quotas = new Quotas(terms);
        this.windows = new Windows(terms.windows());
        this.fairShare = new FairShare(USAGE_HALF_LIFE, terms);
        this.aspects = terms.hasQuotas()
                ? QueueOrder.union(policy.looksAt(), Set.of(Aspect.TENANT))
                : QueueOrder.union(policy.looksAt(), Set.of());
        this.byLimit = !terms.windows().isEmpty();
    }

    /** Registers a cluster, or replaces what is known of it by a newer snapshot. */
    public void cluster(ClusterSnapshot snapshot) {
        ClusterState known = clusters.get(snapshot.name());
        if (known == null) {
            known = new ClusterState(snapshot, amounts);
            clusters.put(snapshot.name(), known);
            byName = clusters.values().stream().sorted(Comparator.comparing(ClusterState::name))
                    .toArray(ClusterState[]::new);
            for (int index = 0; index < byName.length; index++) {
                byName[index].index(index);
            }
        } else {
            known.refresh(snapshot, amounts);
        }
        opened++;
        grow(known);
    }

    /** Adds a waiting job. The caller sees to it that a jobId is there once; a held job is not added. */
    public void add(WaitingJob job) {
        JobGroup.Key key = keyOf(job);
        JobGroup group = groups.get(key);
        if (group == null) {
            group = new JobGroup(key, amounts.of(job.resources(), job.options().extras()), job,
                    policy.order().goesByPriorityWithin());
            groups.put(key, group);
            group.position = list.size();
            list.add(group);
        }
        group.add(job);
        waiting++;
        waitingWork += work(group, job);
    }

    /** Takes a waiting job out, for instance when it is cancelled or its priority changes; false when it is not there. */
    public boolean remove(WaitingJob job) {
        JobGroup group = groups.get(keyOf(job));
        if (group == null || !group.remove(job)) {
            return false;
        }
        waiting--;
        waitingWork -= work(group, job);
        dropWhenEmpty(group);
        return true;
    }

    /**
     * Adds a job that runs already; what it holds is out of its cluster's usable room already.
     *
     * @throws IllegalArgumentException when its cluster is not registered or the job is known to run
     */
    public void running(RunningJob job, Instant now) {
        ClusterState cluster = clusters.get(job.cluster());
        if (cluster == null) {
            throw new IllegalArgumentException(
                    "Expected a registered cluster, but found " + job.cluster() + " in running job " + job.jobId());
        }
        hold(new Holding(job.jobId(), cluster, amounts.of(job.resources(), job.extras()), job.tenant(),
                job.expectedEnd().toEpochMilli()), now.toEpochMilli());
    }

    /** Returns what the job held; false when it is not known to run. */
    public boolean ended(String jobId, Instant now) {
        Holding holding = holdings.remove(jobId);
        if (holding == null) {
            return false;
        }
        holding.cluster.release(holding);
        holding.cluster.giveBack(holding.amounts);
        grow(holding.cluster);
        quotas.release(holding.tenant, holding.amounts);
        fairShare.holds(holding.tenant, -cores(holding.amounts), now.toEpochMilli());
        return true;
    }

    /** Corrects when a running job is expected to end; false when it is not known to run. */
    public boolean expectEnd(String jobId, Instant end) {
        Holding holding = holdings.get(jobId);
        if (holding == null) {
            return false;
        }
        holding.cluster.release(holding);
        holding.endMillis(end.toEpochMilli());
        holding.cluster.hold(holding);
        return true;
    }

    /** Evaluates the queue and takes what it places: a placed job counts as running from now on. */
    public List<Placement> pass(Instant now) {
        return evaluate(now).placements();
    }

    /** As {@link #pass}, with the planned starts. */
    public PassResult passWithPlans(Instant now) {
        PassRun run = evaluate(now);
        return new PassResult(run.placements(), Map.of(), run.plannedStarts());
    }

    PassRun evaluate(Instant now) {
        PassRun run = new PassRun(this, now.toEpochMilli());
        run.run();
        grown.clear();
        grownSince = growth;
        return run;
    }

    /** Jobs waiting. */
    public int waiting() {
        return waiting;
    }

    /** Kinds of waiting jobs, each ranked as one. */
    public int kinds() {
        return list.size();
    }

    /** What is free on a cluster. */
    public Resources free(String cluster) {
        ClusterState state = clusters.get(cluster);
        if (state == null) {
            throw new IllegalArgumentException("Expected a registered cluster, but found " + cluster);
        }
        return state.freeResources();
    }

    void start(JobGroup group, ClusterState cluster, long nowMillis) {
        WaitingJob job = group.pollFirst();
        waiting--;
        waitingWork -= work(group, job);
        cluster.take(group.need);
        hold(new Holding(job.jobId(), cluster, group.need, job.tenant(),
                nowMillis + Math.max(1, job.plannedRun().toMillis())), nowMillis);
        dropWhenEmpty(group);
    }

    private void hold(Holding holding, long nowMillis) {
        if (holdings.putIfAbsent(holding.jobId, holding) != null) {
            throw new IllegalArgumentException("Expected a job to run once, but found twice " + holding.jobId);
        }
        holding.cluster.hold(holding);
        quotas.take(holding.tenant, holding.amounts);
        fairShare.holds(holding.tenant, cores(holding.amounts), nowMillis);
    }

    private static double cores(long[] held) {
        return held[Amounts.CPU] / 1000.0;
    }

    private void dropWhenEmpty(JobGroup group) {
        if (!group.isEmpty()) {
            return;
        }
        groups.remove(group.key);
        JobGroup last = list.removeLast();
        if (last != group) {
            list.set(group.position, last);
            last.position = group.position;
        }
        group.position = -1;
    }

    private JobGroup.Key keyOf(WaitingJob job) {
        boolean byRun = aspects.contains(Aspect.RUN_TIME);
        return new JobGroup.Key(Demand.of(job), aspects.contains(Aspect.PRIORITY) ? job.priority() : 0,
                aspects.contains(Aspect.TENANT) ? job.tenant() : "", byRun ? job.plannedRun().toMillis() : 0,
                byLimit ? job.timeLimit().toMillis() : 0);
    }

    /** The clusters open to a group, in the order of names. */
    int[] openTo(JobGroup group) {
        if (group.openedAt != opened) {
            Demand demand = group.key.demand();
            group.open = Arrays.stream(byName)
                    .filter(cluster -> cluster.isOpen() && demand.allows(cluster.name())
                            && cluster.hasLabels(demand.labels()))
                    .mapToInt(ClusterState::index).toArray();
            group.openedAt = opened;
            group.noRoomAt = -1;
        }
        return group.open;
    }

    private void grow(ClusterState cluster) {
        cluster.grewAt(++growth);
        grown.add(cluster);
    }

    /** Quickly rules out kinds of jobs that had no room in the last pass and have none where room has come back since. */
    boolean mayFit(JobGroup group) {
        openTo(group);
        if (group.noRoomAt == growth) {
            return false;
        }
        if (group.noRoomAt < grownSince || grown.size() > byName.length) {
            return true;
        }
        for (ClusterState cluster : grown) {
            if (cluster.grewAt() > group.noRoomAt && Amounts.fits(group.need, cluster.free())) {
                return true;
            }
        }
        group.noRoomAt = growth;
        return false;
    }

    ClusterState cluster(int index) {
        return byName[index];
    }

    List<ClusterState> clustersByName() {
        return List.of(byName);
    }

    List<JobGroup> groups() {
        return list;
    }

    @Nullable
    Holding holding(String jobId) {
        return holdings.get(jobId);
    }

    long growth() {
        return growth;
    }

    Policy policy() {
        return policy;
    }

    Amounts amounts() {
        return amounts;
    }

    Quotas quotas() {
        return quotas;
    }

    Windows windows() {
        return windows;
    }

    private static long work(JobGroup group, WaitingJob job) {
        return group.need[Amounts.CPU] * Math.max(1, job.plannedRun().toSeconds());
    }

    /** How long all open clusters together would need for what waits; 0 when none is open. */
    double backlogSeconds() {
        long millicores = 0;
        for (ClusterState cluster : byName) {
            millicores += cluster.isOpen() ? cluster.capacity()[Amounts.CPU] : 0;
        }
        return millicores == 0 ? 0 : (double) waitingWork / millicores;
    }

    double shareOf(String tenant, long nowMillis) {
        return aspects.contains(Aspect.TENANT) ? fairShare.share(tenant, nowMillis) : 0;
    }
}

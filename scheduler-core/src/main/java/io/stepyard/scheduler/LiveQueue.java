package io.stepyard.scheduler;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.QueueOrder.Aspect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    private final Map<Demand, JobShape> shapes = new HashMap<>();
    private final List<JobShape> list = new ArrayList<>();
    private final ClusterTable clusters = new ClusterTable();
    private final Map<String, Holding> holdings = new HashMap<>();
    private final Quotas quotas;
    private final Windows windows;
    private final FairShare fairShare;
    private final FairShare.Account nobody;
    private final @Nullable RankBounds bounds;
    private long passes;
    private int waiting;
    private int kinds;
    /** Millicore-seconds of all waiting jobs by their planned runs. */
    private long waitingWork;

    public LiveQueue(Policy policy, PassTerms terms) {
        this.policy = policy;
        this.quotas = new Quotas(terms);
        this.windows = new Windows(terms.windows());
        this.fairShare = new FairShare(USAGE_HALF_LIFE, terms);
        this.nobody = fairShare.nobody();
        this.aspects = terms.hasQuotas()
                ? QueueOrder.union(policy.looksAt(), Set.of(Aspect.TENANT))
                : QueueOrder.union(policy.looksAt(), Set.of());
        this.byLimit = !terms.windows().isEmpty();
        this.bounds = policy.order().risesWithWaiting() ? new RankBounds(this, policy.order()) : null;
    }

    /** Registers a cluster, or replaces what is known of it by a newer snapshot. */
    public void cluster(ClusterSnapshot snapshot) {
        clusters.put(snapshot, amounts);
    }

    /** Adds a waiting job. The caller sees to it that a jobId is there once; a held job is not added. */
    public void add(WaitingJob job) {
        Demand demand = Demand.of(job);
        JobShape shape = shapes.get(demand);
        if (shape == null) {
            shape = new JobShape(demand, amounts.of(job.resources(), job.options().extras()));
            shapes.put(demand, shape);
            shape.position = list.size();
            list.add(shape);
        }
        JobGroup.Key key = keyOf(job);
        JobGroup group = shape.kind(key);
        if (group == null) {
            group = new JobGroup(shape, key,
                    aspects.contains(Aspect.TENANT) ? fairShare.account(job.tenant()) : nobody, job,
                    policy.order().goesByPriorityWithin());
            shape.add(group);
            kinds++;
        }
        if (group.add(job) && bounds != null) {
            bounds.changed(group);
        }
        waiting++;
        waitingWork += work(group, job);
    }

    /** Takes a waiting job out, for instance when it is cancelled or its priority changes; false when it is not there. */
    public boolean remove(WaitingJob job) {
        JobShape shape = shapes.get(Demand.of(job));
        JobGroup group = shape == null ? null : shape.kind(keyOf(job));
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
        ClusterState cluster = clusters.named(job.cluster());
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
        clusters.grew(holding.cluster);
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
        passes++;
        PassRun run = new PassRun(this, now.toEpochMilli());
        run.run();
        clusters.passed();
        return run;
    }

    /** Jobs waiting. */
    public int waiting() {
        return waiting;
    }

    /** Kinds of waiting jobs, each ranked as one. */
    public int kinds() {
        return kinds;
    }

    /** What is free on a cluster. */
    public Resources free(String cluster) {
        ClusterState state = clusters.named(cluster);
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
        JobShape shape = group.shape;
        shape.isLoose = true;
        if (!group.isEmpty()) {
            return;
        }
        shape.remove(group);
        kinds--;
        if (shape.isEmpty()) {
            shapes.remove(shape.demand);
            JobShape last = list.removeLast();
            if (last != shape) {
                list.set(shape.position, last);
                last.position = shape.position;
            }
            shape.position = -1;
        }
    }

    private JobGroup.Key keyOf(WaitingJob job) {
        boolean byRun = aspects.contains(Aspect.RUN_TIME);
        return new JobGroup.Key(aspects.contains(Aspect.PRIORITY) ? job.priority() : 0,
                aspects.contains(Aspect.TENANT) ? job.tenant() : "", byRun ? job.plannedRun().toMillis() : 0,
                byLimit ? job.timeLimit().toMillis() : 0);
    }

    ClusterTable clusters() {
        return clusters;
    }

    List<JobShape> shapes() {
        return list;
    }

    /** Null when the policy's order allows none. */
    @Nullable
    RankBounds bounds() {
        return bounds;
    }

    /** Passes made, the one that runs now included. */
    long passes() {
        return passes;
    }

    @Nullable
    Holding holding(String jobId) {
        return holdings.get(jobId);
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
        for (ClusterState cluster : clusters.byName()) {
            millicores += cluster.isOpen() ? cluster.capacity()[Amounts.CPU] : 0;
        }
        return millicores == 0 ? 0 : (double) waitingWork / millicores;
    }

    /** Ranks by an order at one moment; shares of tenants are those of that moment until another is asked for. */
    Rater rater(QueueOrder order, long nowMillis) {
        fairShare.look(nowMillis);
        return new Rater(order, nowMillis, backlogSeconds());
    }

    /** Tenants whose share plays a part. */
    Collection<FairShare.Account> accounts() {
        return aspects.contains(Aspect.TENANT) ? fairShare.accounts() : List.of();
    }
}

package io.stepyard.core.world;

import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.FetchErrorOutput;
import io.stepyard.core.job.GiveUpAttempts;
import io.stepyard.core.job.Grant;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.job.StartAttempt;
import io.stepyard.core.job.SteerJob;
import io.stepyard.core.job.SweepRuns;
import io.stepyard.core.memory.InMemoryClusters;
import io.stepyard.core.memory.RecordingSignals;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.LookAtClusters;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.scheduling.TendClusters;
import io.stepyard.core.store.ClusterRecord;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreWrite;
import io.stepyard.core.store.TaskToken;
import io.stepyard.core.tenant.TenantsDesk;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Policies;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** All use cases over ports in memory, on a clock that a test moves. */
public final class World {

    public static final Resources SIZE = Resources.ofCores(4, 8192);
    public static final SchedulerSettings SETTINGS = SchedulerSettings.DEFAULT;
    /** So long apart a cluster has to say twice that it does not have an attempt. */
    public static final Duration DENIAL = Duration.ofMinutes(2);
    private static final JobReader READER = new JobReader();

    public final TestClock clock = new TestClock();
    public final FaultyStore store = new FaultyStore();
    public final InMemoryClusters clusters = new InMemoryClusters(clock);
    public final WatchedClusters gateway = new WatchedClusters(clusters);
    public final RecordingSignals signals = new RecordingSignals();
    public final AtomicInteger kicks = new AtomicInteger();
    public final JobDesk desk = new JobDesk(store, store, gateway, kicks::incrementAndGet, clock);
    public final AcceptJob accept = new AcceptJob(store, store, signals, kicks::incrementAndGet, clock, READER);
    public final StartAttempt start = new StartAttempt(desk);
    public final ObserveAttempt observe = new ObserveAttempt(desk, PollPolicy.DEFAULT);
    public final FetchErrorOutput errors = new FetchErrorOutput(desk);
    public final CancelJob cancel = new CancelJob(desk, signals);
    public final SteerJob steer = new SteerJob(desk);
    public final TendClusters tend = new TendClusters(store, store, kicks::incrementAndGet, new GiveUpAttempts(desk),
            clock);
    public final TenantsDesk tenants = new TenantsDesk(store);
    public final SweepRuns sweep = new SweepRuns(desk, observe, cancel);
    public final RegisterCluster register = new RegisterCluster(store, store);
    public final ScheduleTick scheduler = scheduler("scheduler-1");
    public final ExplainQueue explain = new ExplainQueue(store, store, Policies.named(SETTINGS.policy()), SETTINGS,
            clock);

    /** A world with one cluster of {@link #SIZE}, zurich. */
    public static World withZurich() {
        World world = new World();
        world.add("zurich", SIZE);
        return world;
    }

    public ScheduleTick scheduler(String owner) {
        LookAtClusters look = new LookAtClusters(store, store, gateway, clock, SETTINGS, Runnable::run);
        return new ScheduleTick(new ScheduleTick.Ports(store, store, store, signals, clock, Runnable::run), look,
                Policies.named(SETTINGS.policy()), SETTINGS, owner);
    }

    public void add(String name, Resources size) {
        add(name, size, Map.of());
    }

    public void add(String name, Resources size, Map<String, String> labels) {
        clusters.add(name, size);
        register.register(name, InMemoryClusters.KIND, URI.create("simulated://" + name), size, labels);
    }

    public void drain(String name, boolean drained) {
        ClusterRecord now = cluster(name);
        store.commit(List.of(new StoreWrite.ReplaceCluster(now.drained(drained ? "disk swap" : null))));
    }

    /** A job's form with these fields beside name, run and schemaVersion. */
    public static String json(String fields) {
        return """
                {"schemaVersion":1,"name":"count","run":{"kind":"command","command":["true"]},%s}""".formatted(fields);
    }

    /** One core, 1 GiB, tried twice after whatever goes wrong. */
    public static String retried() {
        return json("""
                "cpu":1,"memory":"1GiB","retry":{"maxAttempts":2,"backoff":"5s","on":
                ["USER_ERROR","INFRASTRUCTURE","LOST","TIME_LIMIT","REFUSED"]}""");
    }

    /** One core, 1 GiB, tried once. */
    public static String once() {
        return json("""
                "cpu":1,"memory":"1GiB","retry":{"maxAttempts":1}""");
    }

    public static String arn(String jobId) {
        return "arn:aws:states:us-east-1:123456789012:execution:stepyard-job-manager:" + jobId;
    }

    public static TaskToken token(String jobId, int number) {
        return new TaskToken("token-" + number + "-of-" + jobId);
    }

    /** The execution's first request for its job. */
    public AcceptJob.Acceptance submit(String jobId, String json) {
        return request(jobId, json, 1);
    }

    /** The request with its n-th token. */
    public AcceptJob.Acceptance request(String jobId, String json, int number) {
        return accept.accept(new QueueRequest(jobId, arn(jobId), clock.instant(), json, token(jobId, number)));
    }

    public void tick() {
        scheduler.tick();
    }

    public void advance(Duration span) {
        clock.advance(span);
    }

    public Instant now() {
        return clock.instant();
    }

    public JobRun run(String jobId) {
        return store.run(jobId).orElseThrow();
    }

    public JobState state(String jobId) {
        return run(jobId).state();
    }

    public ClusterRecord cluster(String name) {
        return store.cluster(name).orElseThrow();
    }

    public Resources reserved(String cluster) {
        return cluster(cluster).reserved();
    }

    /** The grant of a job's latest attempt. */
    public Grant grant(String jobId) {
        return Grant.of(jobId, run(jobId).attempts().getLast());
    }

    /** Accepted and granted. */
    public Grant granted(String jobId, String json) {
        submit(jobId, json);
        tick();
        return grant(jobId);
    }

    /** Accepted, granted and submitted. */
    public Grant started(String jobId, String json) {
        return start.start(granted(jobId, json));
    }

    /** Seen running. */
    public Grant running(String jobId, String json) {
        Grant grant = started(jobId, json);
        observe.observe(grant);
        return grant;
    }
}

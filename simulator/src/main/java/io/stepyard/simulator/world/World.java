package io.stepyard.simulator.world;

import io.stepyard.asl.JobManagerDefinition;
import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.memory.InMemoryClusters;
import io.stepyard.core.scheduling.LookAtClusters;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.JobRun;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Pass;
import io.stepyard.scheduler.Policies;
import io.stepyard.simulator.world.Client.Started;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One world: everything drawn from a seed, run on one thread through days of virtual time, first with faults and then without. */
final class World {

    /** After the faults have stopped, every job has ended within so many ticks. */
    static final int TICKS_OF_PEACE = 8_000;
    private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    private static final Set<String> BY_PRIORITY = Set.of("source", "strict");
    private static final Duration SCHEDULER_SKEW = Duration.ofMinutes(1);
    private static final Duration LONGEST_SCHEDULER_PAUSE = Duration.ofMinutes(15);

    private final WorldPlan plan;
    private final VirtualTime time = new VirtualTime(START);
    private final Trace trace;
    private final Faults faults;
    private final SimulatedClusters clusters;
    private final Books books;
    private final FaultyStore store;
    private final Deliveries deliveries;
    private final StepFunctionsEngine engine;
    private final Client client;
    private final Weather weather;

    World(long seed, boolean recording) {
        Chance chance = new Chance(seed);
        plan = WorldPlan.draw(chance.split());
        trace = new Trace(time, recording);
        faults = new Faults(chance.split());
        Processes processes = new Processes(time, faults, chance.split(), trace);
        clusters = new SimulatedClusters(processes, faults, chance.split(), trace);
        books = new Books(clusters);
        store = new FaultyStore(processes, faults, chance.split(), trace, books);
        FaultySignals signals = new FaultySignals(processes, faults, trace, books);
        FaultyGateway gateway = new FaultyGateway(clusters, time, processes, faults, chance.split(), trace);
        deliveries = new Deliveries(time, processes, faults, chance.split(), trace, plan.scheduler().leaseLength(),
                plan.tickEvery());
        Functions functions = new Functions(processes, faults, store, gateway, signals, deliveries, plan.polls(),
                plan.functionLimit());
        engine = StepFunctionsEngine.builder().virtualTime(time).functions(functions.registry()).listener(deliveries)
                .random(chance.split().random()).liveExecutions(Integer.MAX_VALUE).build();
        signals.connect(engine);
        String machine = engine.createStateMachine(JobManagerDefinition.STATE_MACHINE_NAME,
                JobManagerDefinition
                        .bind(JobManagerSettings.DEFAULT.values(Functions.QUEUE_REQUEST, Functions.ADAPTER)),
                "arn:aws:iam::000000000000:role/world").stateMachineArn();
        client = new Client(time, processes, faults, chance.split(), trace, engine, functions.cancel(), books, machine);
        weather = new Weather(time, faults, chance.split(), trace, clusters, store, books, client);
        deliveries.connect(number -> scheduler("scheduler-" + number, processes, gateway, signals),
                functions::adapter);
    }

    private Deliveries.Scheduler scheduler(String name, Processes processes, FaultyGateway gateway,
            FaultySignals signals) {
        SchedulerSettings settings = plan.scheduler();
        // Nobody here reads why a job waits, which is the dearer part of a pass.
        Pass pass = new WatchedPass(Policies.named(settings.policy(), 1), books,
                BY_PRIORITY.contains(settings.policy()));
        LookAtClusters look = new LookAtClusters(store, store, gateway, processes, settings, Runnable::run);
        ScheduleTick tick = new ScheduleTick(
                new ScheduleTick.Ports(store, store, store, signals, processes, Runnable::run), look, pass, settings,
                name);
        return new Deliveries.Scheduler(
                new Processes.Kind(name, Duration.ofDays(1), LONGEST_SCHEDULER_PAUSE,
                        SCHEDULER_SKEW),
                tick);
    }

    /** @throws Violation when a promise is broken */
    void run() {
        RegisterCluster register = new RegisterCluster(store.truth(), store.truth());
        for (Map.Entry<String, Resources> cluster : plan.clusters().entrySet()) {
            clusters.add(cluster.getKey(), cluster.getValue());
            register.register(cluster.getKey(), InMemoryClusters.KIND, URI.create("simulated://" + cluster.getKey()),
                    cluster.getValue(), Map.of());
        }
        store.begin();
        plan.jobs().forEach(
                job -> time.schedule(START.plus(job.after()), () -> client.submit(job.name(), job.json())));
        weather.begin();
        time.advanceTo(START.plus(WorldPlan.LENGTH));
        faults.stop();
        weather.clear();
        trace.note("peace", "");
        awaitTheEnd();
    }

    private void awaitTheEnd() {
        long until = deliveries.ticks() + TICKS_OF_PEACE;
        Optional<String> open = firstOpen();
        while (open.isPresent() && deliveries.ticks() < until) {
            time.advance(Duration.ofMinutes(30));
            open = firstOpen();
        }
        if (open.isPresent()) {
            throw new Violation("I-6", open.get(), "has not ended " + TICKS_OF_PEACE
                    + " ticks after the faults stopped; it is " + describe(open.get()));
        }
        new Ends(clusters, store, books).check();
        books.jobs().forEach(this::checkExecution);
    }

    /** The first job or execution that has not ended. */
    private Optional<String> firstOpen() {
        if (engine.openExecutions() > 0) {
            Optional<String> execution = client.executions().entrySet().stream()
                    .filter(started -> status(started.getValue()) == ExecutionStatus.RUNNING).map(Map.Entry::getKey)
                    .findFirst();
            if (execution.isPresent()) {
                return execution;
            }
        }
        Optional<String> job = books.jobs().stream().filter(run -> !run.state().isFinal()).map(JobRun::jobId)
                .findFirst();
        return job.isPresent() ? job : clusters.live().stream().map(TrueRun::jobId).findFirst();
    }

    private ExecutionStatus status(Started started) {
        return engine.describeExecution(started.arn()).summary().status();
    }

    private String describe(String name) {
        Started started = client.executions().get(name);
        return books.job(name).map(run -> run.state().name()).orElse("not accepted") + ", its execution is "
                + (started == null ? "unknown" : status(started));
    }

    /** What the client is told is what happened (I-10), with fewer events than the limit (I-7). */
    private void checkExecution(JobRun run) {
        Started started = client.executions().get(run.jobId());
        if (started != null && status(started) == ExecutionStatus.SUCCEEDED
                && run.state() != JobState.SUCCEEDED) {
            throw new Violation("I-10", run.jobId(), "its execution ended well, and the job is " + run.state());
        }
    }

    WorldResult result() {
        return new WorldResult(trace.hash(), trace.steps(), Duration.between(START, time.instant()), faults.hits(),
                faults.calls(), faults.struck(), books.jobs().size(), clusters.started(), plan.clusters().size());
    }

    Trace trace() {
        return trace;
    }
}

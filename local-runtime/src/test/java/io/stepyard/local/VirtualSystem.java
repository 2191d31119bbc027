package io.stepyard.local;

import io.stepyard.adapter.AdapterComposition;
import io.stepyard.adapter.AdapterFunction;
import io.stepyard.asl.JobManagerSettings;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.memory.InMemoryClusters;
import io.stepyard.core.memory.InMemoryJobStore;
import io.stepyard.core.scheduling.RegisterCluster;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import io.stepyard.model.lifecycle.JobState;
import io.stepyard.model.resource.Resources;
import io.stepyard.queuerequest.QueueRequestComposition;
import io.stepyard.scheduling.SchedulerComposition;
import io.stepyard.stepfunctions.ExecutionDescription;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.LambdaFunction;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The shipped state machine on the engine and the three functions over ports in memory, all on one virtual clock. */
final class VirtualSystem implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    final VirtualTime time = new VirtualTime(START);
    final InMemoryJobStore store = new InMemoryJobStore();
    final InMemoryClusters clusters = new InMemoryClusters(time);
    final StepFunctionsEngine engine;
    private final EngineSignals signals = new EngineSignals();
    private final JobFunction scheduler;
    private final JobFunction adapter;
    private final CancelJob cancel;
    private final JobManager jobManager;
    private @Nullable Runnable beforeStart;
    private boolean kicked;
    private int failures;

    VirtualSystem(PollPolicy polls) {
        clusters.add("zurich", Resources.ofCores(4, 8192));
        new RegisterCluster(store, store).register("zurich", InMemoryClusters.KIND, URI.create("simulated://zurich"),
                Resources.ofCores(4, 8192), Map.of());
        AdapterFunction.UseCases useCases = AdapterComposition
                .useCases(new JobDesk(store, store, clusters, this::kick, time), signals, polls);
        adapter = new AdapterFunction(useCases);
        cancel = useCases.cancel();
        scheduler = SchedulerComposition.compose(
                new ScheduleTick.Ports(store, store, store, signals, time, Runnable::run), clusters,
                SchedulerSettings.DEFAULT, "virtual");
        JobFunction queueRequest = QueueRequestComposition.compose(store, store, signals, this::kick, time);
        jobManager = new JobManager(store, useCases.cancel());
        engine = StepFunctionsEngine.builder().virtualTime(time).random(new Random(1)).account(JobManager.ACCOUNT)
                .region(JobManager.REGION).listener(jobManager)
                .functions(new FunctionRegistry().register(JobManager.QUEUE_REQUEST, failing(queueRequest))
                        .register(JobManager.CLUSTER_ADAPTER, failing(adapter)))
                .build();
        signals.connect(engine);
        JobManager.deploy(engine, JobManagerSettings.DEFAULT);
        jobManager.connect(engine);
    }

    /** The next calls of functions fail as when their store is away. */
    void failNext(int calls) {
        failures = calls;
    }

    /** Happens between the next grant and its use. */
    void onNextStart(Runnable other) {
        beforeStart = other;
    }

    void cancel(String jobId) {
        cancel.cancel(jobId, "user:ann", "wrong data");
    }

    private LambdaFunction failing(JobFunction function) {
        return (payload, context) -> {
            if (failures > 0) {
                failures--;
                throw new StoreUnavailable("the store did not answer", null);
            }
            Runnable first = beforeStart;
            if (first != null && payload.path("command").asString("").equals("START")) {
                beforeStart = null;
                first.run();
            }
            return function.handle(payload);
        };
    }

    /** A kick is one more tick after whatever is happening now. */
    private void kick() {
        if (!kicked) {
            kicked = true;
            time.background(() -> {
                kicked = false;
                tick();
            });
        }
    }

    private void tick() {
        scheduler.handle(Events.MAPPER.createObjectNode());
    }

    /** Starts an execution with a job that asks for one core. */
    String submit(String jobId, String fields) {
        String job = "{\"schemaVersion\":1,\"name\":\"count\",\"cpu\":1,\"memory\":\"1GiB\","
                + "\"run\":{\"kind\":\"command\",\"command\":[\"true\"]}" + fields + "}";
        String arn = engine.startExecution(JobManager.ARN, jobId, job).executionArn();
        time.settle();
        return arn;
    }

    /** Lets time go by, with a tick and a sweep each so often, as the schedule rule does it. */
    void advance(Duration span, Duration tick) {
        Instant end = time.instant().plus(span);
        while (time.instant().isBefore(end)) {
            Instant next = time.instant().plus(tick);
            time.advanceTo(next.isBefore(end) ? next : end);
            tick();
            adapter.handle(Events.MAPPER.createObjectNode().put("command", "SWEEP"));
            time.settle();
        }
    }

    void minutes(int minutes) {
        advance(Duration.ofMinutes(minutes), Duration.ofSeconds(10));
    }

    JobRun run(String jobId) {
        return store.run(jobId).orElseThrow();
    }

    JobState state(String jobId) {
        return run(jobId).state();
    }

    ExecutionDescription describe(String arn) {
        return engine.describeExecution(arn);
    }

    List<HistoryEvent> history(String arn) {
        return engine.history(arn);
    }

    Resources reserved() {
        return store.cluster("zurich").orElseThrow().reserved();
    }

    @Override
    public void close() {
        engine.close();
    }
}

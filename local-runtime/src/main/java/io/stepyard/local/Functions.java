package io.stepyard.local;

import io.stepyard.adapter.AdapterComposition;
import io.stepyard.adapter.AdapterFunction;
import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.scheduling.ExplainQueue;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import io.stepyard.queuerequest.QueueRequestComposition;
import io.stepyard.scheduler.Policies;
import io.stepyard.scheduling.SchedulerComposition;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.LambdaFunction;
import io.stepyard.store.embedded.EmbeddedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/** The three functions over this process's ports: the same classes that run on AWS Lambda, called without a network between. */
final class Functions {

    /** Long enough for a short job's start and end, short enough that a long one is soon shown as running. */
    private static final Duration HOLD = Duration.ofMillis(300);

    private final AdapterFunction.UseCases useCases;
    private final ExplainQueue explain;
    private final JobDesk desk;
    private final TickLoop loop;
    private final JobFunction queueRequest;
    private final JobFunction adapter;
    private final EndNews news;

    /** What the functions stand on. */
    record Ports(EmbeddedStore store, ClusterGateway gateway, WorkflowSignals signals, InstantSource clock,
            Executor executor) {}

    /** @param schedulerName of the thread that makes the passes */
    Functions(Ports ports, LocalOptions options, String schedulerName) {
        EmbeddedStore store = ports.store();
        SchedulerSettings settings = settings(options);
        // The state directory's lock makes this the only scheduler, so its name may stay the same from life to life.
        JobFunction scheduler = SchedulerComposition.compose(
                new ScheduleTick.Ports(store, store, store, ports.signals(), ports.clock(), ports.executor()),
                ports.gateway(), settings, "local-runtime");
        loop = new TickLoop(schedulerName, () -> scheduler.handle(Events.MAPPER.createObjectNode()), options.tick());
        explain = new ExplainQueue(store, store, Policies.named(settings.policy()), settings, ports.clock());
        desk = new JobDesk(store, store, ports.gateway(), loop, ports.clock());
        useCases = AdapterComposition.useCases(desk, ports.signals(),
                new PollPolicy(options.poll(), options.settings().pollFraction()));
        news = new EndNews(store, HOLD);
        adapter = news.holding(new AdapterFunction(useCases));
        queueRequest = QueueRequestComposition.compose(store, store, ports.signals(), loop, ports.clock());
    }

    private static SchedulerSettings settings(LocalOptions options) {
        SchedulerSettings usual = options.settings().scheduler();
        return new SchedulerSettings(options.policy(), usual.depth(), usual.leaseLength(), usual.sampleEvery(),
                usual.sampleMaxAge(), usual.lookAgainAfter(), usual.signalAgainAfter(), options.prediction(),
                usual.usageStoredEvery());
    }

    FunctionRegistry registry() {
        return new FunctionRegistry().register(JobManager.QUEUE_REQUEST, inProcess(queueRequest))
                .register(JobManager.CLUSTER_ADAPTER, inProcess(adapter));
    }

    /** What a function throws reaches the state machine under its class name, as from AWS Lambda. */
    private static LambdaFunction inProcess(JobFunction function) {
        return (payload, context) -> function.handle(payload);
    }

    /** Looks after the jobs that no execution may be looking at. */
    JsonNode sweep() {
        return adapter.handle(Events.MAPPER.createObjectNode().put("command", AdapterFunction.Command.SWEEP.name()));
    }

    TickLoop loop() {
        return loop;
    }

    EndNews news() {
        return news;
    }

    ObserveAttempt observe() {
        return useCases.observe();
    }

    CancelJob cancel() {
        return useCases.cancel();
    }

    JobDesk desk() {
        return desk;
    }

    ExplainQueue explain() {
        return explain;
    }
}

package io.stepyard.scheduling;

import io.stepyard.core.cluster.ClusterGateway;
import io.stepyard.core.scheduling.LookAtClusters;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerSettings;
import io.stepyard.function.FunctionPorts;
import io.stepyard.function.FunctionSettings;
import io.stepyard.function.JobFunction;
import io.stepyard.scheduler.Policies;
import io.stepyard.store.dynamodb.DynamoStore;
import java.util.UUID;
import java.util.concurrent.Executors;

/** Puts the scheduler function together: the same for Lambda, for its service and for the local runtime. */
public final class SchedulerComposition {

    private SchedulerComposition() {}

    static JobFunction compose(FunctionPorts ports) {
        DynamoStore store = ports.store();
        return compose(
                new ScheduleTick.Ports(store, store, store, ports.signals(), ports.clock(),
                        Executors.newVirtualThreadPerTaskExecutor()),
                ports.gateway(), settings(ports.settings()), "scheduler-" + UUID.randomUUID());
    }

    /** @param owner names this scheduler among all that may run at the same time */
    public static JobFunction compose(ScheduleTick.Ports ports, ClusterGateway gateway, SchedulerSettings settings,
            String owner) {
        LookAtClusters look = new LookAtClusters(ports.store(), ports.clusters(), gateway, ports.clock(), settings,
                ports.executor());
        return new SchedulerFunction(new ScheduleTick(ports, look, Policies.named(settings.policy()), settings, owner));
    }

    /** The operator's settings, each with its default. */
    public static SchedulerSettings settings(FunctionSettings settings) {
        SchedulerSettings usual = SchedulerSettings.DEFAULT;
        return new SchedulerSettings(settings.text("stepyard.policy", usual.policy()),
                settings.whole("stepyard.queue-depth", usual.depth()),
                settings.duration("stepyard.lease-length", usual.leaseLength()),
                settings.duration("stepyard.sample-every", usual.sampleEvery()),
                settings.duration("stepyard.sample-max-age", usual.sampleMaxAge()),
                settings.duration("stepyard.look-again-after", usual.lookAgainAfter()),
                settings.duration("stepyard.signal-again-after", usual.signalAgainAfter()),
                SchedulerSettings.Prediction.named(settings.text("stepyard.prediction", "last-two")),
                settings.duration("stepyard.usage-stored-every", usual.usageStoredEvery()));
    }
}

package io.stepyard.queuerequest;

import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.store.ClusterStore;
import io.stepyard.core.store.JobStore;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.function.FunctionPorts;
import io.stepyard.function.JobFunction;
import io.stepyard.store.dynamodb.DynamoStore;
import java.time.InstantSource;

/** Puts the queue request function together: the same for Lambda, for its service and for the local runtime. */
public final class QueueRequestComposition {

    private QueueRequestComposition() {}

    static JobFunction compose(FunctionPorts ports) {
        DynamoStore store = ports.store();
        return compose(store, store, ports.signals(), ports.kick(), ports.clock());
    }

    public static JobFunction compose(JobStore store, ClusterStore clusters, WorkflowSignals signals,
            SchedulerKick kick, InstantSource clock) {
        return new QueueRequestFunction(new AcceptJob(store, clusters, signals, kick, clock, new JobReader()));
    }
}

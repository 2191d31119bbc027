package io.stepyard.adapter;

import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.FetchErrorOutput;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.job.StartAttempt;
import io.stepyard.core.job.SweepRuns;
import io.stepyard.core.workflow.WorkflowSignals;
import io.stepyard.function.FunctionPorts;
import io.stepyard.function.FunctionSettings;
import io.stepyard.function.JobFunction;
import io.stepyard.store.dynamodb.DynamoStore;

/** Puts the cluster adapter function together: the same for Lambda, for its service and for the local runtime. */
public final class AdapterComposition {

    private AdapterComposition() {}

    static JobFunction compose(FunctionPorts ports) {
        DynamoStore store = ports.store();
        return new AdapterFunction(
                useCases(new JobDesk(store, store, ports.gateway(), ports.kick(), ports.clock()), ports.signals(),
                        polls(ports.settings())));
    }

    public static AdapterFunction.UseCases useCases(JobDesk desk, WorkflowSignals signals, PollPolicy polls) {
        ObserveAttempt observe = new ObserveAttempt(desk, polls);
        CancelJob cancel = new CancelJob(desk, signals);
        return new AdapterFunction.UseCases(new StartAttempt(desk), observe, new FetchErrorOutput(desk), cancel,
                new SweepRuns(desk, observe, cancel));
    }

    private static PollPolicy polls(FunctionSettings settings) {
        return new PollPolicy(settings.duration("stepyard.poll-wait", PollPolicy.DEFAULT.configured()),
                settings.number("stepyard.poll-fraction", PollPolicy.DEFAULT.fraction()));
    }
}

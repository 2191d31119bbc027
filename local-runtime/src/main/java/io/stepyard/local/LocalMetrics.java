package io.stepyard.local;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stepyard.model.lifecycle.JobState;

/** Figures of the runtime: jobs by state, executions that run. Read from the truth whenever somebody looks. */
final class LocalMetrics implements MeterBinder {

    private final LocalSystem system;

    LocalMetrics(LocalSystem system) {
        this.system = system;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (JobState state : JobState.values()) {
            Gauge.builder("stepyard.jobs", system, from -> from.store().countByState().getOrDefault(state, 0L))
                    .tag("state", state.name()).description("jobs in this state").register(registry);
        }
        Gauge.builder("stepyard.executions.open", system, LocalSystem::openExecutions)
                .description("executions that run").register(registry);
    }
}

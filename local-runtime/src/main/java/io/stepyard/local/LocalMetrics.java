package io.stepyard.local;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.stepyard.model.lifecycle.JobState;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Figures of the runtime: jobs by state, executions that run, scheduling passes. Read from the truth whenever somebody looks. */
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
        Passes passes = system.functions().loop().passes();
        timer(passes, Passes::good, "ok").register(registry);
        timer(passes, Passes::failed, "failed").register(registry);
        TimeGauge.builder("stepyard.scheduler.pass.longest", passes, TimeUnit.NANOSECONDS, Passes::longestNanos)
                .description("longest pass since the start").register(registry);
    }

    private static FunctionTimer.Builder<Passes> timer(Passes passes, Function<Passes, Passes.Total> total,
            String outcome) {
        return FunctionTimer.builder("stepyard.scheduler.pass", passes, from -> total.apply(from).count(),
                from -> total.apply(from).nanos(), TimeUnit.NANOSECONDS).tag("outcome", outcome)
                .description("scheduling passes with everything around them");
    }
}

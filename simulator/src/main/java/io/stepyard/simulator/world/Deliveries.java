package io.stepyard.simulator.world;

import io.stepyard.core.job.RetryLater;
import io.stepyard.core.scheduling.ScheduleTick;
import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.scheduling.TickReport;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.stepfunctions.ExecutionListener;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.function.FunctionUnavailableException;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ticks, kicks and the news of ended executions: what comes from outside, late, twice, or not at all. */
final class Deliveries implements SchedulerKick, ExecutionListener {

    private static final int SCHEDULERS = 2;
    private static final Duration LATEST_TICK = Duration.ofMinutes(5);
    private static final Duration LATEST_EVENT = Duration.ofMinutes(20);
    private static final Duration RECONCILE_EVERY = Duration.ofMinutes(15);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);
    /** Lambda's own repetitions of an asynchronous call. */
    private static final List<Duration> RETRIES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private final VirtualTime time;
    private final Processes processes;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private final Duration leaseLength;
    private final Duration tickEvery;
    private boolean kicked;
    private final List<Scheduler> schedulers = new ArrayList<>();
    private @Nullable SchedulerStart start;
    private int started;
    private Function<JsonNode, JsonNode> adapter = event -> event;
    private long ticks;

    /** A scheduler and the kind of process it is. */
    record Scheduler(Processes.Kind kind, ScheduleTick tick) {}

    /** Starts a scheduler under a name that none before it had. */
    interface SchedulerStart {
        Scheduler start(int number);
    }

    Deliveries(VirtualTime time, Processes processes, Faults faults, Chance chance, Trace trace, Duration leaseLength,
            Duration tickEvery) {
        this.time = time;
        this.processes = processes;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
        this.leaseLength = leaseLength;
        this.tickEvery = tickEvery;
    }

    void connect(SchedulerStart starter, Function<JsonNode, JsonNode> adapterFunction) {
        start = starter;
        for (int i = 0; i < SCHEDULERS; i++) {
            schedulers.add(starter.start(started++));
        }
        adapter = adapterFunction;
        every(tickEvery, this::tick);
        every(SWEEP_EVERY, () -> asynchronously(command("SWEEP"), 0));
        every(RECONCILE_EVERY, () -> asynchronously(command("RECONCILE"), 0));
    }

    private void every(Duration period, Runnable work) {
        time.schedule(time.instant().plus(period), () -> {
            every(period, work);
            FaultClass fault = faults.at(Edge.TICK);
            if (fault == FaultClass.TICK_MISSING) {
                faults.count(fault);
            } else if (fault == FaultClass.TICK_LATE) {
                faults.count(fault);
                time.schedule(time.instant().plus(chance.upTo(LATEST_TICK)), work);
            } else {
                work.run();
                if (fault == FaultClass.TICK_REPEATED) {
                    faults.count(fault);
                    work.run();
                }
            }
        });
    }

    /** How many ticks have been delivered. */
    long ticks() {
        return ticks;
    }

    @Override
    public void kick() {
        if (kicked) {
            return;
        }
        if (faults.at(Edge.KICK) == FaultClass.KICK_MISSING) {
            faults.count(FaultClass.KICK_MISSING);
            return;
        }
        kicked = true;
        time.schedule(time.instant().plus(chance.upTo(Duration.ofSeconds(3))), () -> {
            kicked = false;
            tick();
        });
    }

    private void tick() {
        int which = chance.below(schedulers.size());
        Scheduler scheduler = schedulers.get(which);
        Instant began = time.instant();
        ticks++;
        boolean ours = true;
        try {
            TickReport report = processes.run(scheduler.kind(), () -> pass(scheduler.tick()));
            ours = report.ranPass();
        } catch (Crash died) {
            // Whoever takes its place does not have its name, and so not its lease either.
            trace.note("scheduler dies", scheduler.kind().name());
            schedulers.set(which, Objects.requireNonNull(start).start(started++));
        } catch (RetryLater | StoreUnavailable failed) {
            // The next tick does it again.
            trace.note("tick fails", scheduler.kind().name());
        }
        if (ours && time.instant().isAfter(began.plus(leaseLength))) {
            faults.count(FaultClass.LEASE_HOLDER_PAUSED);
        }
    }

    private static TickReport pass(ScheduleTick tick) {
        TickReport report = tick.tick();
        if (report.ranPass()) {
            tick.release();
        }
        return report;
    }

    @Override
    public void ended(ExecutionSummary execution) {
        trace.note("execution ends", execution.name(), execution.status());
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return;
        }
        FaultClass fault = faults.at(Edge.EVENT);
        if (fault == FaultClass.EVENT_MISSING) {
            faults.count(fault);
            return;
        }
        ObjectNode event = command("RELEASE").put("jobId", execution.name())
                .put("executionArn", execution.executionArn()).put("error", execution.status().name());
        Duration delay = chance.upTo(Duration.ofSeconds(5));
        if (fault == FaultClass.EVENT_LATE) {
            faults.count(fault);
            delay = chance.upTo(LATEST_EVENT);
        }
        time.schedule(time.instant().plus(delay), () -> asynchronously(event, 0));
        if (fault == FaultClass.EVENT_REPEATED) {
            faults.count(fault);
            time.schedule(time.instant().plus(chance.upTo(LATEST_EVENT)), () -> asynchronously(event, 0));
        }
    }

    private static ObjectNode command(String name) {
        return Functions.object().put("command", name);
    }

    private void asynchronously(JsonNode event, int retry) {
        try {
            JsonNode _ = adapter.apply(event);
        } catch (FunctionUnavailableException | RetryLater | StoreUnavailable failed) {
            if (retry < RETRIES.size()) {
                time.schedule(time.instant().plus(RETRIES.get(retry)), () -> asynchronously(event, retry + 1));
            }
        }
    }
}

package io.stepyard.simulator.world;

import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.RetryLater;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.StoreUnavailable;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.StepFunctionsException;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whoever submits jobs, changes his mind and asks again. Every execution starts here. */
final class Client {

    private static final Duration ASKS_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final Processes.Kind API = new Processes.Kind("api", Duration.ofSeconds(60), Duration.ofSeconds(50),
            Duration.ofSeconds(10));

    private final VirtualTime time;
    private final Processes processes;
    private final Faults faults;
    private final Chance chance;
    private final Trace trace;
    private final StepFunctionsEngine engine;
    private final CancelJob cancel;
    private final Books books;
    private final String machine;
    /** ARN and input of every execution that was started, by name. */
    private final Map<String, Started> executions = new LinkedHashMap<>();

    record Started(String arn, String input) {}

    Client(VirtualTime time, Processes processes, Faults faults, Chance chance, Trace trace,
            StepFunctionsEngine engine, CancelJob cancel, Books books, String machine) {
        this.time = time;
        this.processes = processes;
        this.faults = faults;
        this.chance = chance;
        this.trace = trace;
        this.engine = engine;
        this.cancel = cancel;
        this.books = books;
        this.machine = machine;
    }

    Map<String, Started> executions() {
        return executions;
    }

    void submit(String name, String json) {
        ExecutionSummary started = engine.startExecution(machine, name, json);
        executions.put(name, new Started(started.executionArn(), json));
        trace.note("submits", name);
    }

    /** The answer to the first start was lost, perhaps. */
    void submitAgain(String name) {
        Started first = executions.get(name);
        if (first == null) {
            return;
        }
        try {
            ExecutionSummary again = engine.startExecution(machine, name, first.input());
            faults.count(FaultClass.EXECUTION_STARTED_TWICE);
            if (!again.executionArn().equals(first.arn())) {
                throw new Violation("I-1", name, "a second start of the same execution made another one");
            }
        } catch (StepFunctionsException refused) {
            // The first one is over; its name stays taken.
            faults.count(FaultClass.EXECUTION_STARTED_TWICE);
        }
    }

    /** Asks until somebody says that it is done. */
    void cancel(String name) {
        try {
            Optional<JobRun> told = processes.run(API, () -> cancel.cancel(name, "user:ann", "not needed any more"));
            trace.note("cancel asked", name);
            told.ifPresent(run -> books.requireStored(run));
        } catch (Crash | RetryLater | StoreUnavailable failed) {
            time.schedule(time.instant().plus(ASKS_AGAIN_AFTER), () -> cancel(name));
        }
    }

    void abort(String name) {
        Started started = executions.get(name);
        if (started != null && status(started) == ExecutionStatus.RUNNING) {
            engine.stopExecution(started.arn(), "Stopped", "by hand");
            faults.count(FaultClass.EXECUTION_ABORTED);
            trace.note("aborts", name);
        }
    }

    void redrive(String name) {
        Started started = executions.get(name);
        if (started == null) {
            return;
        }
        ExecutionStatus status = status(started);
        if (status == ExecutionStatus.RUNNING || status == ExecutionStatus.SUCCEEDED) {
            return;
        }
        engine.redriveExecution(started.arn());
        faults.count(FaultClass.EXECUTION_REDRIVEN);
        trace.note("redrives", name, status);
    }

    private ExecutionStatus status(Started started) {
        return engine.describeExecution(started.arn()).summary().status();
    }

    /** The name of one of the executions so far, or an empty text. */
    String any() {
        return executions.isEmpty()
                ? ""
                : executions.keySet().stream().skip(chance.below(executions.size())).findFirst().orElse("");
    }
}

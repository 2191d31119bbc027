package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.interpreter.ServiceDate;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.time.Runner;
import io.stepyard.stepfunctions.time.VirtualTime;
import io.stepyard.stepfunctions.time.WallTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what an engine is made of. */
public final class EngineBuilder {
    private Runner runner = new WallTime(InstantSource.system());
    private Journal journal = Journal.inMemory();
    private FunctionRegistry functions = new FunctionRegistry();
    private TaskClient services = EngineBuilder::unavailable;
    private @Nullable TaskClient tasks;
    private ExecutionListener listener = ExecutionListener.NONE;
    private RandomGenerator random = new SecureRandom();
    private String account = "000000000000";
    private String region = "us-east-1";
    private int liveExecutions = 2_000;
    private Duration retention = Duration.ofDays(90);
    private ServiceDate serviceDate = ServiceDate.LATEST;

    EngineBuilder() {}

    /** A clock that goes with real time. */
    public EngineBuilder clock(InstantSource clock) {
        runner = new WallTime(clock);
        return this;
    }

    /** Virtual time: nothing runs until it is run. */
    public EngineBuilder virtualTime(VirtualTime time) {
        runner = time;
        return this;
    }

    /** Where everything is kept; in memory by default. The engine closes it. */
    public EngineBuilder journal(Journal value) {
        journal = value;
        return this;
    }

    /** What Task states call. */
    public EngineBuilder functions(FunctionRegistry value) {
        functions = value;
        return this;
    }

    /** What carries out integrations other than {@code lambda:invoke}: SQS, SNS, EventBridge, S3 and so on. */
    public EngineBuilder services(TaskClient value) {
        services = value;
        return this;
    }

    /** What carries out all calls, in place of functions and services. */
    public EngineBuilder tasks(TaskClient value) {
        tasks = value;
        return this;
    }

    /** Who hears of executions. */
    public EngineBuilder listener(ExecutionListener value) {
        listener = value;
        return this;
    }

    /** Where random numbers come from; give a seeded one for runs that repeat. */
    public EngineBuilder random(RandomGenerator value) {
        random = value;
        return this;
    }

    /** The twelve digits in ARNs. */
    public EngineBuilder account(String value) {
        account = value;
        return this;
    }

    /** The region in ARNs. */
    public EngineBuilder region(String value) {
        region = value;
        return this;
    }

    /** How many waiting executions stay unfolded in memory; the others are read from the journal when needed. */
    public EngineBuilder liveExecutions(int value) {
        liveExecutions = value;
        return this;
    }

    /** How long ended executions are kept. */
    public EngineBuilder retention(Duration value) {
        retention = value;
        return this;
    }

    /** The day whose service the engine behaves like, for comparison with old recordings; by default the latest known. */
    public EngineBuilder serviceAsOf(LocalDate day) {
        serviceDate = new ServiceDate(day);
        return this;
    }

    /** Reads the journal, takes up what was open and answers the running engine. */
    public StepFunctionsEngine build() {
        return new StepFunctionsEngine(new EngineSettings(runner, journal,
                tasks == null ? new TaskDispatcher(functions, services) : tasks, listener, random, account,
                region, liveExecutions, retention, serviceDate));
    }

    private static TaskOutcome unavailable(TaskCall call, Consumer<JsonNode> submitted) {
        return new TaskOutcome.Failed("States.Runtime",
                "The resource " + call.resource().arn() + " is not available in this engine");
    }
}

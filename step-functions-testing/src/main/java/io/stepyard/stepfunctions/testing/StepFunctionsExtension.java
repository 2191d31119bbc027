package io.stepyard.stepfunctions.testing;

import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.LambdaFunction;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.journal.Journal;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * Gives each test a Step Functions engine of its own on virtual time. Nothing runs by itself and nothing takes longer than
 * its computation: a Wait of a year is over at once.
 *
 * <pre>{@code
 * @RegisterExtension
 * final StepFunctionsExtension steps = new StepFunctionsExtension()
 *         .function("price", order -> Map.of("price", 3 * order.path("count").asInt()));
 *
 * @Test
 * void shouldPriceAnOrder() {
 *     assertThat(steps.run(definition, "{\"count\":2}")).succeeded().hasOutput("{\"price\":6}");
 * }
 * }</pre>
 *
 * <p>Functions may be added before or during a test. What is added to a field's extension stays for all tests of that test
 * class instance. Seeded: the same test gives the same history, ids and jitter included.
 */
public final class StepFunctionsExtension implements BeforeEachCallback, AfterEachCallback {
    private static final String ROLE = "arn:aws:iam::000000000000:role/test";

    private final FunctionRegistry functions = new FunctionRegistry();
    private final List<FunctionCall> calls = new ArrayList<>();
    private TaskClient services = (call, submitted) -> new TaskOutcome.Failed("States.Runtime",
            "No service was given to the test for " + call.resource().arn());
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private long seed = 1;
    private Parts parts = parts();

    /** What is made anew for each test. */
    private record Parts(VirtualTime time, Journal journal, StepFunctionsEngine engine) {}

    private Parts parts() {
        VirtualTime time = new VirtualTime(start);
        Journal journal = Journal.inMemory();
        return new Parts(time, journal, open(time, journal));
    }

    private StepFunctionsEngine open(VirtualTime time, Journal journal) {
        return StepFunctionsEngine.builder().virtualTime(time).journal(journal).functions(functions)
                .services((call, submitted) -> services.call(call, submitted)).random(new Random(seed)).build();
    }

    /** Adds or replaces a function; a call may name it by its plain name or by an ARN. */
    public StepFunctionsExtension function(String name, FunctionHandler handler) {
        return function(name, (payload, context) -> json(handler.handle(payload)));
    }

    /** Adds or replaces a function that also wants to know about its call. */
    public StepFunctionsExtension function(String name, LambdaFunction function) {
        functions.register(name, (payload, context) -> {
            calls.add(new FunctionCall(name, payload, parts.time.instant(), context.executionArn(),
                    context.requestId()));
            return function.invoke(payload, context);
        });
        return this;
    }

    private static JsonNode json(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Json.nodes().nullNode() : Json.mapper().valueToTree(value);
    }

    /** What carries out calls of SQS, SNS, EventBridge, S3 and other services. */
    public StepFunctionsExtension services(TaskClient client) {
        services = client;
        return this;
    }

    /** The instant at which every test begins, by default the start of 2026 in UTC. */
    public StepFunctionsExtension startingAt(Instant instant) {
        start = instant;
        return this;
    }

    /** Where names, jitter and random intrinsics come from, by default 1. */
    public StepFunctionsExtension seed(long value) {
        seed = value;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        parts = parts();
        calls.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        parts.engine.close();
    }

    /** Makes a state machine; answers its ARN. */
    public String stateMachine(String name, String definition) {
        return parts.engine.createStateMachine(name, definition, ROLE).stateMachineArn();
    }

    /** Starts an execution of a machine and does what is ready now. Time stands still. */
    public TestExecution start(String stateMachineArn, String input) {
        String arn = parts.engine.startExecution(stateMachineArn, null, input).executionArn();
        parts.time.settle();
        return new TestExecution(this::engine, arn);
    }

    /** Makes a machine of a definition, starts an execution of it and lets time pass until nothing more is due. */
    public TestExecution run(String definition, String input) {
        String machine = stateMachine("machine-" + parts.engine.listStateMachines().size(), definition);
        TestExecution execution = start(machine, input);
        parts.time.run();
        return execution;
    }

    /** Lets time pass until nothing more is due. An execution that waits for a callback without a time-out stays. */
    public void runToEnd() {
        parts.time.run();
    }

    /** Lets this much time pass. */
    public void advance(Duration span) {
        parts.time.advance(span);
    }

    /** The time now. */
    public Instant now() {
        return parts.time.instant();
    }

    /** How much time has passed since the test began. */
    public Duration elapsed() {
        return Duration.between(start, parts.time.instant());
    }

    /** Ends the task of a token well and does what follows at once. */
    public void sendTaskSuccess(String token, String output) {
        parts.engine.sendTaskSuccess(token, output);
        parts.time.settle();
    }

    /** Ends the task of a token with an error and does what follows at once. */
    public void sendTaskFailure(String token, String error, String cause) {
        parts.engine.sendTaskFailure(token, error, cause);
        parts.time.settle();
    }

    /** The calls of a function so far, oldest first. */
    public List<FunctionCall> calls(String function) {
        return calls.stream().filter(call -> call.function().equals(function)).toList();
    }

    /**
     * Leaves the engine as {@code kill -9} would and opens another on the same journal, at the same time of day: what was
     * under way is called again, open tokens still work.
     */
    public void restart() {
        VirtualTime time = new VirtualTime(parts.time.instant());
        parts = new Parts(time, parts.journal, open(time, parts.journal));
        time.settle();
    }

    /** The engine of this test, for all that is not here. */
    public StepFunctionsEngine engine() {
        return parts.engine;
    }

    /** The time of this test, for instance to schedule work of the test's own. */
    public VirtualTime time() {
        return parts.time;
    }
}

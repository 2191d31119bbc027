package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.interpreter.StateTestRequest;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Uuids;
import io.stepyard.stepfunctions.time.VirtualTime;
import io.stepyard.stepfunctions.validation.DefinitionValidator;
import io.stepyard.stepfunctions.validation.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An engine for Step Functions state machines in this process.
 *
 * <pre>{@code
 * FunctionRegistry functions = new FunctionRegistry().register("greet", (payload, context) -> payload);
 * try (StepFunctionsEngine engine = StepFunctionsEngine.builder().journal(Journal.directory(path)).functions(functions)
 *         .listener(listener).build()) {
 *     String machine = engine.createStateMachine("jobs", definition, role).stateMachineArn();
 *     String execution = engine.startExecution(machine, "job-1", "{}").executionArn();
 *     engine.sendTaskSuccess(token, "{}");
 * }
 * }</pre>
 *
 * <p>Every method may be called from any thread and answers when its effect is durable. A refusal is a
 * {@link StepFunctionsException} whose code is the AWS error name; for SendTask* the codes {@code TaskTimedOut},
 * {@code TaskDoesNotExist} and {@code InvalidToken} mean that the token is closed or expired, unknown, or malformed.
 * Inputs and outputs are JSON texts of at most 262,144 bytes. On {@link VirtualTime} nothing runs until that is run.
 */
public final class StepFunctionsEngine implements AutoCloseable {
    private final EngineSettings settings;
    private final EngineLoop loop;
    private final Catalog catalog;
    private final EngineCore core;
    private final ExecutionQueries queries;

    StepFunctionsEngine(EngineSettings settings) {
        this.settings = settings;
        this.catalog = new Catalog(settings.journal());
        this.loop = new EngineLoop(settings.runner(), settings.journal());
        this.core = new EngineCore(settings, loop, catalog);
        this.queries = new ExecutionQueries(loop, core);
        loop.ask(() -> {
            core.recover();
            return true;
        });
    }

    /** Collects what an engine is made of; every part has a default. */
    public static EngineBuilder builder() {
        return new EngineBuilder();
    }

    /** Creates a STANDARD state machine; answers the existing one where name, definition and role are the same. */
    public StateMachineDescription createStateMachine(String name, String definition, String roleArn) {
        return createStateMachine(name, definition, roleArn, "STANDARD");
    }

    /** Creates a state machine of a type. */
    public StateMachineDescription createStateMachine(String name, String definition, String roleArn, String type) {
        Arns.checkName(name);
        String arn = Arns.stateMachine(settings.region(), settings.account(), name);
        return loop.ask(() -> {
            Catalog.RevisionText text = revision(definition, roleArn, type);
            StateMachine machine = catalog.find(arn);
            if (machine == null) {
                return catalog.create(arn, name, type, text).describe();
            }
            StateMachineDescription existing = machine.describe();
            if (!existing.definition().equals(definition) || !existing.roleArn().equals(roleArn)
                    || !existing.type().equals(type)) {
                throw new StepFunctionsException(ErrorCode.StateMachineAlreadyExists,
                        "State Machine Already Exists: '" + arn + "'");
            }
            return existing;
        });
    }

    /** Changes a state machine; what runs keeps its old definition. Null leaves a part as it is. */
    public StateMachineDescription updateStateMachine(String arn, @Nullable String definition,
            @Nullable String roleArn) {
        Arns.check(arn);
        return loop.ask(() -> {
            StateMachine machine = catalog.required(arn);
            StateMachine.Revision old = machine.current();
            catalog.update(machine, revision(definition == null ? old.definition() : definition,
                    roleArn == null ? old.roleArn() : roleArn, machine.type()));
            return machine.describe();
        });
    }

    private Catalog.RevisionText revision(String definition, String roleArn, String type) {
        List<Diagnostic> found = validateDefinition(definition, type);
        if (!found.isEmpty()) {
            throw new StepFunctionsException(ErrorCode.InvalidDefinition, "Invalid State Machine Definition: '"
                    + found.stream().map(Diagnostic::text).collect(Collectors.joining(", ")) + "'");
        }
        return new Catalog.RevisionText(uuid(), definition, roleArn, core.now().toEpochMilli());
    }

    private String uuid() {
        return Uuids.random(settings.random());
    }

    /** What is wrong with a definition; nothing where it can be used. */
    public List<Diagnostic> validateDefinition(String definition, String type) {
        return DefinitionValidator.check(definition, type.equals("EXPRESS"));
    }

    /** A state machine. */
    public StateMachineDescription describeStateMachine(String arn) {
        Arns.check(arn);
        return loop.ask(() -> catalog.required(arn).describe());
    }

    /** All state machines, in the order they were created. */
    public List<StateMachineDescription> listStateMachines() {
        return loop.ask(() -> catalog.machines().stream().map(StateMachine::describe).toList());
    }

    /** Deletes a state machine; its executions go on. Does nothing where there is none. */
    public void deleteStateMachine(String arn) {
        Arns.check(arn);
        loop.ask(() -> {
            StateMachine machine = catalog.find(arn);
            if (machine != null) {
                catalog.delete(machine);
            }
            return true;
        });
    }

    /** Starts an execution; see {@link #startExecution(String, String, String, String)}. */
    public ExecutionSummary startExecution(String stateMachineArn, @Nullable String name, @Nullable String input) {
        return startExecution(stateMachineArn, name, input, null);
    }

    /**
     * Starts an execution. The same name and input while the first still runs answers the first; otherwise a used name is
     * refused with ExecutionAlreadyExists. Without a name one is drawn; without input it is an empty object.
     */
    public ExecutionSummary startExecution(String stateMachineArn, @Nullable String name, @Nullable String input,
            @Nullable String traceHeader) {
        Arns.check(stateMachineArn);
        if (name != null) {
            Arns.checkName(name);
        }
        String text = input == null ? "{}" : input;
        if (Json.tooLarge(text) || Json.parseOrNull(text) == null) {
            throw new StepFunctionsException(ErrorCode.InvalidExecutionInput,
                    "Invalid State Machine Execution Input: 'Invalid execution input.'");
        }
        return loop.ask(() -> {
            String chosen = name == null ? uuid() : name;
            return core.startOrFind(stateMachineArn, chosen, text, traceHeader).summary();
        });
    }

    /** An execution with its input and, once it ended, its output or error. */
    public ExecutionDescription describeExecution(String executionArn) {
        return queries.describe(executionArn);
    }

    /** The whole history of an execution, oldest event first. */
    public List<HistoryEvent> history(String executionArn) {
        return queries.history(executionArn);
    }

    /** The definition an execution runs, which may be older than its machine's. */
    public StateMachineDescription describeStateMachineForExecution(String executionArn) {
        return loop.ask(() -> {
            ExecutionEntry entry = queries.required(executionArn);
            StateMachineDescription current = entry.machine().describe();
            StateMachine.Revision revision = entry.revision();
            return new StateMachineDescription(current.stateMachineArn(), current.name(), current.type(),
                    revision.definition(), revision.roleArn(), current.creationDate(), current.updateDate(),
                    revision.id());
        });
    }

    /**
     * Executions of a machine, newest first.
     *
     * @param status
     *            only those that stand so, or null for all
     * @param maxResults
     *            1 to 1,000
     * @param nextToken
     *            from the page before, or null
     */
    public Page<ExecutionSummary> listExecutions(String stateMachineArn, @Nullable ExecutionStatus status,
            int maxResults, @Nullable String nextToken) {
        return queries.list(stateMachineArn, status, maxResults, nextToken);
    }

    /** The runs of distributed Maps. */
    public MapRunApi mapRuns() {
        return new MapRunApi(loop, core, queries);
    }

    /** The child executions of a run of a distributed Map, newest first; otherwise as for a machine. */
    public Page<ExecutionSummary> listExecutionsOfMapRun(String mapRunArn, @Nullable ExecutionStatus status,
            int maxResults, @Nullable String nextToken) {
        return queries.page(() -> mapRuns().children(mapRunArn).reversed(), status, maxResults, nextToken);
    }

    /** Starts an execution of an EXPRESS machine and waits until it is over. */
    public ExecutionDescription startSyncExecution(String stateMachineArn, @Nullable String name,
            @Nullable String input, @Nullable String traceHeader) {
        if (!describeStateMachine(stateMachineArn).type().equals("EXPRESS")) {
            throw new StepFunctionsException(ErrorCode.StateMachineTypeNotSupported,
                    "This operation is not supported by this type of state machine");
        }
        String arn = startExecution(stateMachineArn, name, input, traceHeader).executionArn();
        CompletableFuture<Boolean> over = loop.ask(() -> core.whenOver(queries.required(arn)));
        if (!settings.runner().isVirtual()) {
            over.join();
        }
        return describeExecution(arn);
    }

    /** Stops an execution; answers it as it ended. One that is over stays as it is. */
    public ExecutionSummary stopExecution(String executionArn, @Nullable String error, @Nullable String cause) {
        return loop.ask(() -> {
            ExecutionEntry entry = queries.required(executionArn);
            core.run(entry, execution -> execution.stop(error, cause));
            return entry.summary();
        });
    }

    /** Starts a failed execution once more where it failed; answers when. */
    public Instant redriveExecution(String executionArn) {
        return loop.ask(() -> {
            core.redrive(queries.required(executionArn));
            return core.now();
        });
    }

    /** Ends the task of a token with an output. */
    public void sendTaskSuccess(String token, String outputJson) {
        JsonNode output = Json.tooLarge(outputJson) ? null : Json.parseOrNull(outputJson);
        if (output == null) {
            throw new StepFunctionsException(ErrorCode.InvalidOutput,
                    "Invalid Output: 'The output is no JSON text of at most " + Json.MAX_DATA_BYTES + " bytes'");
        }
        onTask(token, (execution, event) -> execution.tokenSucceeded(event, output));
    }

    /** Ends the task of a token with an error. */
    public void sendTaskFailure(String token, @Nullable String error, @Nullable String cause) {
        onTask(token, (execution, event) -> execution.tokenFailed(event, error, cause));
    }

    /** Resets the heartbeat clock of the task of a token. */
    public void sendTaskHeartbeat(String token) {
        onTask(token, Execution::heartbeat);
    }

    private void onTask(String token, BiConsumer<Execution, Long> action) {
        loop.ask(() -> {
            Tokens.Task task = core.tokens().read(token);
            ExecutionEntry entry = task == null ? null : core.entry(task.executionNumber());
            if (task == null || entry == null) {
                throw new StepFunctionsException(ErrorCode.TaskDoesNotExist, "Task does not exist");
            }
            boolean[] open = new boolean[1];
            core.run(entry, execution -> {
                open[0] = execution.hasOpenTask(task.scheduledEventId());
                action.accept(execution, task.scheduledEventId());
            });
            if (!open[0]) {
                throw new StepFunctionsException(ErrorCode.TaskTimedOut, "Task Timed Out: '"
                        + (queries.timedOut(entry, task.scheduledEventId())
                                ? "Provided task has timed out"
                                : "Provided task does not exist anymore")
                        + "'");
            }
            return true;
        });
    }

    /** Activities: tasks that workers outside fetch. */
    public ActivityApi activities() {
        return new ActivityApi(settings, loop, core);
    }

    /** Published versions of state machines, and aliases. */
    public VersionApi versions() {
        return new VersionApi(loop, core);
    }

    /** Tries one state on its own; answers the fields of the TestState operation. */
    public ObjectNode testState(StateTestRequest request, @Nullable String roleArn, boolean revealSecrets) {
        return new StateTesting(request, revealSecrets).run(core, settings.tasks(), settings.region(),
                settings.account(), roleArn);
    }

    /** How many executions run now. */
    public int openExecutions() {
        return loop.ask(core::openExecutions);
    }

    /**
     * Forgets what ended longer ago than it is kept and gives the oldest part of the journal's space back. The engine does
     * this by itself from time to time where it is worth the work; nothing else runs meanwhile.
     */
    public void compact() {
        loop.ask(() -> {
            core.housekeeper().keepAll();
            return true;
        });
    }

    /** Stops taking calls and makes everything durable. Open executions go on at the next start. */
    @Override
    public void close() {
        settings.runner().close();
        settings.journal().close();
    }

    /** Figures for a dashboard: state machines, executions running. */
    public Map<String, Integer> figures() {
        return loop.ask(() -> Map.of("stateMachines", catalog.machines().size(), "openExecutions",
                core.openExecutions()));
    }
}

package io.stepyard.benchmarks;

import io.stepyard.asl.JobManagerDefinition;
import io.stepyard.stepfunctions.ExecutionListener;
import io.stepyard.stepfunctions.ExecutionStatus;
import io.stepyard.stepfunctions.ExecutionSummary;
import io.stepyard.stepfunctions.StepFunctionsEngine;
import io.stepyard.stepfunctions.function.FunctionContext;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes executions of the shipped state machine in a journal: the queue grants at once, and every job has ended well at the first look. */
final class EndedExecutions implements ExecutionListener, AutoCloseable {

    private static final String NAME = JobManagerDefinition.STATE_MACHINE_NAME;
    private static final String ROLE = "arn:aws:iam::" + LoadEnded.ACCOUNT + ":role/" + NAME;
    private static final String JOB = "{\"schemaVersion\":1,\"name\":\"word-count\",\"cpu\":1,\"memory\":\"512MiB\","
            + "\"run\":{\"kind\":\"command\",\"command\":[\"true\"]}}";
    private static final int AT_ONCE = 256;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<StepFunctionsEngine> engine = new AtomicReference<>();

    static EndedExecutions open(Path directory) {
        EndedExecutions made = new EndedExecutions();
        FunctionRegistry functions = new FunctionRegistry()
                .register("stepyard-job-queue-request", made::queueRequest)
                .register("stepyard-cluster-adapter", EndedExecutions::adapter);
        StepFunctionsEngine started = StepFunctionsEngine.builder().clock(InstantSource.system())
                .journal(Journal.directory(directory)).functions(functions).listener(made).account(LoadEnded.ACCOUNT)
                .region(LoadEnded.REGION).build();
        made.engine.set(started);
        return made;
    }

    /** @throws IllegalStateException when an execution ended otherwise than SUCCEEDED */
    void run(int executions, IntFunction<String> names) throws InterruptedException {
        StepFunctionsEngine started = engine();
        String arn = started.listStateMachines().stream()
                .filter(machine -> machine.name().equals(NAME)).map(machine -> machine.stateMachineArn()).findFirst()
                .orElseGet(() -> started.createStateMachine(NAME, LoadEnded.definition(), ROLE).stateMachineArn());
        for (int number = 0; number < executions; number++) {
            places.acquire();
            started.startExecution(arn, names.apply(number), JOB);
        }
        places.acquire(AT_ONCE);
        if (failed.get() > 0) {
            throw new IllegalStateException(
                    "Expected every execution to succeed, but " + failed.get() + " of " + executions + " did not");
        }
    }

    private StepFunctionsEngine engine() {
        return Objects.requireNonNull(engine.get(), "the engine runs before anybody asks it");
    }

    private JsonNode queueRequest(JsonNode request, FunctionContext context) {
        ObjectNode grant = JSON.createObjectNode().put("jobId", request.path("jobId").asString()).put("attempt", 1)
                .put("cluster", "zurich").put("grantId", "e1-a1");
        engine().sendTaskSuccess(request.path("taskToken").asString(), JSON.writeValueAsString(grant));
        return JSON.createObjectNode().put("accepted", "QUEUED");
    }

    private static JsonNode adapter(JsonNode request, FunctionContext context) {
        JsonNode grant = request.path("grant");
        if (request.path("command").asString("").equals("START")) {
            return grant;
        }
        return JSON.createObjectNode().put("status", "SUCCEEDED").put("waitSeconds", 1).set("grant", grant);
    }

    @Override
    public void ended(ExecutionSummary execution) {
        if (execution.status() != ExecutionStatus.SUCCEEDED) {
            failed.incrementAndGet();
        }
        places.release();
    }

    @Override
    public void close() {
        engine().close();
    }
}

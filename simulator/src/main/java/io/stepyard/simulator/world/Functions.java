package io.stepyard.simulator.world;

import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.FetchErrorOutput;
import io.stepyard.core.job.Grant;
import io.stepyard.core.job.JobDesk;
import io.stepyard.core.job.JobReader;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.PollPolicy;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.job.ReconcileExecutions;
import io.stepyard.core.job.StartAttempt;
import io.stepyard.core.job.SweepRuns;
import io.stepyard.core.scheduling.SchedulerKick;
import io.stepyard.core.store.JobRun;
import io.stepyard.core.store.TaskToken;
import io.stepyard.stepfunctions.function.FunctionContext;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.FunctionUnavailableException;
import io.stepyard.stepfunctions.function.LambdaFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The functions that the shipped state machine calls: events in, the product's use cases, replies. */
final class Functions {

    static final String QUEUE_REQUEST = "queue-request";
    static final String ADAPTER = "cluster-adapter";
    /** The states of the shipped machine give a function so long. */
    static final Duration TASK_TIME_OUT = Duration.ofSeconds(60);

    private static final int MAX_CALLS = 2_500;
    private static final int RECONCILED = 50;
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final JobReader READER = new JobReader();
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Processes processes;
    private final Faults faults;
    private final Processes.Kind queueRequest;
    private final Processes.Kind adapter;
    private final AcceptJob accept;
    private final StartAttempt start;
    private final ObserveAttempt observe;
    private final FetchErrorOutput errorOutput;
    private final CancelJob cancel;
    private final SweepRuns sweep;
    private final ReconcileExecutions reconcile;
    private final Map<String, Integer> calls = new HashMap<>();

    /** @param limit how long a call of a function may take before its process is killed */
    Functions(Processes processes, Faults faults, FaultyStore store, FaultyGateway gateway, FaultySignals signals,
            SchedulerKick kick, PollPolicy polls, Duration limit) {
        this.processes = processes;
        this.faults = faults;
        this.queueRequest = new Processes.Kind(QUEUE_REQUEST, limit, limit.plusSeconds(10), SKEW);
        this.adapter = new Processes.Kind(ADAPTER, limit, limit.plusSeconds(10), SKEW);
        JobDesk desk = new JobDesk(store, store, gateway, kick, processes);
        accept = new AcceptJob(store, store, signals, kick, processes, READER);
        start = new StartAttempt(desk);
        observe = new ObserveAttempt(desk, polls);
        errorOutput = new FetchErrorOutput(desk);
        cancel = new CancelJob(desk, signals);
        sweep = new SweepRuns(desk, observe, cancel);
        reconcile = new ReconcileExecutions(desk, cancel, signals);
    }

    CancelJob cancel() {
        return cancel;
    }

    FunctionRegistry registry() {
        LambdaFunction queue = (event, context) -> {
            count(context);
            return invoke(() -> processes.run(queueRequest, () -> accept(event)));
        };
        LambdaFunction cluster = (event, context) -> {
            count(context);
            return adapter(event);
        };
        return new FunctionRegistry().register(QUEUE_REQUEST, queue).register(ADAPTER, cluster);
    }

    /** A look at a job takes 9 events of its execution's history, which holds 25,000 (I-7). No job here runs for more than days. */
    private void count(FunctionContext context) {
        if (calls.merge(context.executionArn(), 1, Integer::sum) > MAX_CALLS) {
            throw new Violation("I-7", context.executionArn(), "has made " + MAX_CALLS + " calls within days");
        }
    }

    /** One call of the adapter function, as the state machine or a rule makes it. */
    JsonNode adapter(JsonNode event) {
        return invoke(() -> processes.run(adapter, () -> command(event)));
    }

    private JsonNode invoke(Supplier<JsonNode> call) {
        FaultClass fault = processes.enter(Edge.FUNCTION);
        if (fault == FaultClass.FUNCTION_UNREACHABLE) {
            faults.count(fault);
            throw new FunctionUnavailableException("Lambda.ServiceException", "the function cannot be called");
        }
        Instant began = processes.now();
        try {
            if (fault == FaultClass.FUNCTION_CALLED_TWICE) {
                faults.count(fault);
                JsonNode _ = call.get();
            }
            JsonNode reply = call.get();
            if (fault == FaultClass.FUNCTION_REPLY_LOST) {
                faults.count(fault);
                throw new FunctionUnavailableException("Lambda.SdkClientException", "the reply was lost");
            }
            return reply;
        } catch (Crash died) {
            throw new FunctionUnavailableException("Lambda.Unknown", String.valueOf(died.getMessage()));
        } finally {
            if (processes.now().isAfter(began.plus(TASK_TIME_OUT))) {
                faults.count(FaultClass.TASK_TIMED_OUT);
            }
        }
    }

    private JsonNode accept(JsonNode event) {
        QueueRequest request = new QueueRequest(event.path("jobId").stringValue(),
                event.path("executionArn").stringValue(), Instant.parse(event.path("startedAt").stringValue()),
                event.path("job").toString(), new TaskToken(event.path("taskToken").stringValue()));
        return object().put("acceptance", accept.accept(request).name());
    }

    private JsonNode command(JsonNode event) {
        return switch (event.path("command").stringValue()) {
            case "START" -> tree(start.start(grant(event)));
            case "STATUS" -> tree(observe.observe(grant(event)));
            case "ERROR_OUTPUT" -> tree(errorOutput.fetch(grant(event),
                    event.path("retryCount").asInt(0) >= event.path("maxRetries").asInt(0)));
            case "RELEASE" -> release(event);
            case "RECONCILE" -> object().put("given", reconcile.reconcile(RECONCILED));
            case "SWEEP" -> object().put("looked", sweep.sweep());
            default -> throw new IllegalArgumentException("Expected a command, but found " + event.path("command"));
        };
    }

    private JsonNode release(JsonNode event) {
        String jobId = event.path("jobId").stringValue();
        String arn = event.path("executionArn").stringValue();
        String error = event.path("error").asString("it ended");
        Optional<JobRun> after = error.equals("ABORTED")
                ? cancel.stopped(jobId, arn, "The job's execution was stopped")
                : cancel.abandon(jobId, arn, "The job's execution gave it up: " + error);
        return after.map(run -> object().put("state", run.state().name())).orElseGet(Functions::object);
    }

    private static Grant grant(JsonNode event) {
        return MAPPER.treeToValue(event.path("grant"), Grant.class);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}

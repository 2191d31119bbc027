package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.function.FunctionContext;
import io.stepyard.stepfunctions.function.FunctionException;
import io.stepyard.stepfunctions.function.FunctionRegistry;
import io.stepyard.stepfunctions.function.FunctionUnavailableException;
import io.stepyard.stepfunctions.function.LambdaFunction;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.language.Json;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out task calls on functions. Blocks as long as the function does; safe for use by many threads. */
final class TaskDispatcher implements TaskClient {
    private final FunctionRegistry functions;
    private final TaskClient services;

    TaskDispatcher(FunctionRegistry functions, TaskClient services) {
        this.functions = functions;
        this.services = services;
    }

    @Override
    public TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted) {
        return switch (call.resource()) {
            case TaskResource.Function(String arn) -> invoke(call, arn, call.parameters(), false);
            case TaskResource.Integration integration when isInvoke(integration) -> invokeByParameters(call);
            case TaskResource.Integration ignored -> services.call(call, submitted);
            case TaskResource.Activity ignored -> new TaskOutcome.Pending();
        };
    }

    private static boolean isInvoke(TaskResource.Integration integration) {
        return integration.service().equals("lambda") && integration.action().equals("invoke");
    }

    private TaskOutcome invokeByParameters(TaskCall call) {
        JsonNode name = call.parameters().get("FunctionName");
        if (name == null || !name.isString()) {
            return new TaskOutcome.Failed("States.Runtime", "The Parameters of lambda:invoke have no FunctionName");
        }
        JsonNode qualifier = call.parameters().get("Qualifier");
        String target = qualifier == null ? name.asString() : name.asString() + ":" + qualifier.asString();
        JsonNode payload = call.parameters().get("Payload");
        // A null is not sent, and a function that is sent nothing gets an empty event.
        return invoke(call, target, payload == null || payload.isNull() ? Json.object() : payload, true);
    }

    private TaskOutcome invoke(TaskCall call, String name, JsonNode payload, boolean wrapped) {
        LambdaFunction function = functions.find(name);
        if (function == null) {
            return new TaskOutcome.Failed("Lambda.ResourceNotFoundException", "Function not found: " + name
                    + " (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)");
        }
        // The same for each repetition of this attempt, so that a function can recognise one.
        String requestId = UUID.nameUUIDFromBytes(
                (call.executionArn() + "#" + call.scheduledEventId()).getBytes(StandardCharsets.UTF_8)).toString();
        try {
            JsonNode answer = function.invoke(payload,
                    new FunctionContext(name, call.executionArn(), requestId, call.timeout()));
            return new TaskOutcome.Succeeded(wrapped ? wrap(answer, requestId, name) : answer);
        } catch (FunctionException failed) {
            return failed(failed.errorType(), failed.errorMessage());
        } catch (FunctionUnavailableException unavailable) {
            return new TaskOutcome.Failed(unavailable.error(), unavailable.getMessage());
        } catch (RuntimeException failed) {
            return failed(failed.getClass().getName(), failed.getMessage());
        }
    }

    private static TaskOutcome failed(String type, @Nullable String message) {
        ObjectNode cause = Json.object().put("errorMessage", message).put("errorType", type);
        return new TaskOutcome.Failed(type, Json.text(cause));
    }

    /** The answer as the lambda:invoke integration hands it on. */
    private static JsonNode wrap(JsonNode answer, String requestId, String name) {
        String plain = FunctionRegistry.plainName(name);
        int colon = plain.indexOf(':');
        ObjectNode wrapped = Json.object().put("ExecutedVersion",
                colon < 0 ? "$LATEST" : plain.substring(colon + 1));
        wrapped.set("Payload", answer);
        ObjectNode http = wrapped.putObject("SdkHttpMetadata");
        http.putObject("HttpHeaders").put("Content-Type", "application/json").put("x-amzn-RequestId", requestId);
        http.put("HttpStatusCode", 200);
        wrapped.putObject("SdkResponseMetadata").put("RequestId", requestId);
        return wrapped.put("StatusCode", 200);
    }
}

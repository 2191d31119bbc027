package io.stepyard.stepfunctions.service;

import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskClient;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Clients by the name of the service as it stands in a Resource: {@code s3}, {@code sqs}, {@code sns}, {@code events}, or with
 * {@code aws-sdk:} before it. A service without a client fails its task with {@code States.Runtime}. Safe for use by many threads.
 */
public final class ServiceRegistry implements TaskClient {
    private final Map<String, TaskClient> clients = new ConcurrentHashMap<>();

    /** Adds or replaces the client of a service; answers this registry. */
    public ServiceRegistry register(String service, TaskClient client) {
        clients.put(service, client);
        return this;
    }

    @Override
    public TaskOutcome call(TaskCall call, Consumer<JsonNode> submitted) {
        TaskClient client = call.resource() instanceof TaskResource.Integration integration
                ? clients.get(integration.service())
                : null;
        return client == null
                ? new TaskOutcome.Failed("States.Runtime",
                        "The resource " + call.resource().arn() + " is not available in this engine")
                : client.call(call, submitted);
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which events a task writes: functions by bare ARN, activities and integrations each have their own family. */
record TaskEvents(EventType scheduled, @Nullable EventType started, EventType succeeded, EventType failed,
        EventType timedOut, Detail parametersField, TaskResource resource) {
    private static final String REGION = "us-east-1";

    static TaskEvents of(TaskResource resource) {
        return switch (resource) {
            case TaskResource.Function function -> new TaskEvents(EventType.LAMBDA_FUNCTION_SCHEDULED,
                    EventType.LAMBDA_FUNCTION_STARTED, EventType.LAMBDA_FUNCTION_SUCCEEDED,
                    EventType.LAMBDA_FUNCTION_FAILED, EventType.LAMBDA_FUNCTION_TIMED_OUT, Detail.INPUT, function);
            case TaskResource.Activity activity -> new TaskEvents(EventType.ACTIVITY_SCHEDULED, null,
                    EventType.ACTIVITY_SUCCEEDED, EventType.ACTIVITY_FAILED, EventType.ACTIVITY_TIMED_OUT, Detail.INPUT,
                    activity);
            case TaskResource.Integration integration ->
                new TaskEvents(EventType.TASK_SCHEDULED, EventType.TASK_STARTED,
                        EventType.TASK_SUCCEEDED, EventType.TASK_FAILED, EventType.TASK_TIMED_OUT, Detail.PARAMETERS,
                        integration);
        };
    }

    /** What error texts call the task. */
    String displayName() {
        return resource.arn();
    }

    boolean isOver(EventType type) {
        return type == failed || type == timedOut || type == succeeded;
    }

    EventDetails scheduledDetails(String parameters, @Nullable Long timeoutSeconds, @Nullable Long heartbeatSeconds,
            @Nullable String role) {
        EventDetails.Builder details = EventDetails.builder().put(parametersField, parameters);
        switch (resource) {
            case TaskResource.Integration integration -> details.put(Detail.REGION, REGION)
                    .put(Detail.RESOURCE, integration.resourceText()).put(Detail.RESOURCE_TYPE, integration.service());
            case TaskResource.Function function -> details.put(Detail.RESOURCE, function.arn());
            case TaskResource.Activity activity -> details.put(Detail.RESOURCE, activity.arn());
        }
        return details.put(Detail.TIMEOUT_IN_SECONDS, timeoutSeconds)
                .put(Detail.HEARTBEAT_IN_SECONDS, heartbeatSeconds)
                .put(Detail.TASK_CREDENTIALS, role == null ? null : Map.of("roleArn", role)).build();
    }

    EventDetails resourceDetails() {
        return withResource(EventDetails.builder()).build();
    }

    EventDetails resultDetails(Detail field, String value) {
        return withResource(EventDetails.builder().put(field, value)).build();
    }

    EventDetails failureDetails(@Nullable String error, @Nullable String cause) {
        return withResource(EventDetails.builder().put(Detail.ERROR, error).put(Detail.CAUSE, cause)).build();
    }

    private EventDetails.Builder withResource(EventDetails.Builder details) {
        return resource instanceof TaskResource.Integration integration
                ? details.put(Detail.RESOURCE, integration.resourceText())
                        .put(Detail.RESOURCE_TYPE, integration.service())
                : details;
    }
}

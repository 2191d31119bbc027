package io.stepyard.stepfunctions.validation;

import io.stepyard.stepfunctions.interpreter.TaskResource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which calls the optimised integrations have, and in which patterns; as "Integrating services" of AWS's guide lists them. */
final class Integrations {
    private static final Set<String> SERVICES = Set.of("lambda", "states", "sqs", "sns", "events", "dynamodb", "batch",
            "ecs", "eks", "glue", "databrew", "sagemaker", "elasticmapreduce", "emr-containers", "emr-serverless",
            "codebuild", "athena", "apigateway", "bedrock", "http", "mediaconvert", "s3");
    private static final Set<TaskResource.CallPattern> PLAIN = EnumSet.of(TaskResource.CallPattern.REQUEST_RESPONSE);
    private static final Set<TaskResource.CallPattern> JOB = EnumSet.of(TaskResource.CallPattern.REQUEST_RESPONSE,
            TaskResource.CallPattern.SYNC);
    private static final Set<TaskResource.CallPattern> CALLBACK = EnumSet.of(TaskResource.CallPattern.REQUEST_RESPONSE,
            TaskResource.CallPattern.WAIT_FOR_TASK_TOKEN);
    private static final Set<TaskResource.CallPattern> ALL = EnumSet.allOf(TaskResource.CallPattern.class);
    private static final Map<String, Set<TaskResource.CallPattern>> CALLS = Map.ofEntries(
            Map.entry("lambda:invoke", CALLBACK), Map.entry("states:startExecution", ALL),
            Map.entry("sqs:sendMessage", CALLBACK), Map.entry("sns:publish", CALLBACK),
            Map.entry("events:putEvents", CALLBACK), Map.entry("apigateway:invoke", CALLBACK),
            Map.entry("dynamodb:getItem", PLAIN), Map.entry("dynamodb:putItem", PLAIN),
            Map.entry("dynamodb:deleteItem", PLAIN), Map.entry("dynamodb:updateItem", PLAIN),
            Map.entry("batch:submitJob", JOB), Map.entry("glue:startJobRun", JOB),
            Map.entry("databrew:startJobRun", JOB), Map.entry("http:invoke", PLAIN));
    /** Services of which every call is listed above. */
    private static final Set<String> COMPLETE = Set.of("lambda", "states", "sqs", "sns", "events", "apigateway",
            "dynamodb", "batch", "glue", "databrew", "http");

    private Integrations() {}

    /** Whether there is such a call in such a pattern. */
    static boolean has(TaskResource.Integration integration) {
        String service = integration.service();
        if (service.startsWith("aws-sdk:")) {
            return integration.pattern() == TaskResource.CallPattern.REQUEST_RESPONSE || integration.waitsForToken();
        }
        return COMPLETE.contains(service)
                ? CALLS.getOrDefault(service + ":" + integration.action(), Set.of()).contains(integration.pattern())
                : SERVICES.contains(service);
    }
}

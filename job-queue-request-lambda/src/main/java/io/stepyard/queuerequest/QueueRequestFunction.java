package io.stepyard.queuerequest;

import io.stepyard.core.job.AcceptJob;
import io.stepyard.core.job.QueueRequest;
import io.stepyard.core.store.TaskToken;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Event: {@code {jobId, executionArn, startedAt, taskToken, job}}, {@code job} being the execution's input as it came. Reply:
 * {@code {acceptance}}. The task token is answered later by the scheduler, or at once with a failure when the job is refused.
 */
public final class QueueRequestFunction implements JobFunction {

    private final AcceptJob acceptJob;

    public QueueRequestFunction(AcceptJob acceptJob) {
        this.acceptJob = acceptJob;
    }

    @Override
    public JsonNode handle(JsonNode event) {
        QueueRequest request = new QueueRequest(Events.text(event, "jobId"), Events.text(event, "executionArn"),
                Instant.parse(Events.text(event, "startedAt")), event.path("job").toString(),
                new TaskToken(Events.text(event, "taskToken")));
        return Events.MAPPER.createObjectNode().put("acceptance", acceptJob.accept(request).name());
    }
}

package io.stepyard.adapter;

import io.stepyard.core.job.CancelJob;
import io.stepyard.core.job.FetchErrorOutput;
import io.stepyard.core.job.Grant;
import io.stepyard.core.job.ObserveAttempt;
import io.stepyard.core.job.StartAttempt;
import io.stepyard.core.job.SweepRuns;
import io.stepyard.core.store.JobRun;
import io.stepyard.function.Events;
import io.stepyard.function.JobFunction;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event: {@code {command, …}}.
 * <ul>
 * <li>{@code START {grant}} replies the grant;
 * <li>{@code STATUS {grant}} replies {@code {status, waitSeconds, grant}};
 * <li>{@code ERROR_OUTPUT {grant, retryCount, maxRetries}} replies {@code {retry, waitSeconds, Error, Cause}};
 * <li>{@code RELEASE {jobId, executionArn, error}} replies {@code {state}} and is also what an ended execution sends, with its status as the error:
 * {@code ABORTED} means that somebody has stopped it, and the job is cancelled;
 * <li>{@code SWEEP {}} replies {@code {looked}}.
 * </ul>
 */
public final class AdapterFunction implements JobFunction {

    /** What the function can be asked for. */
    public enum Command {
        START, STATUS, ERROR_OUTPUT, RELEASE, SWEEP
    }

    /** The use cases behind the commands. */
    public record UseCases(StartAttempt start, ObserveAttempt observe, FetchErrorOutput errorOutput, CancelJob cancel,
            SweepRuns sweep) {}

    /** Status of an execution that somebody has stopped. */
    private static final String STOPPED = "ABORTED";

    private final UseCases useCases;

    public AdapterFunction(UseCases useCases) {
        this.useCases = useCases;
    }

    @Override
    public JsonNode handle(JsonNode event) {
        return switch (command(Events.text(event, "command"))) {
            case START -> tree(useCases.start().start(grant(event)));
            case STATUS -> tree(useCases.observe().observe(grant(event)));
            case ERROR_OUTPUT -> tree(useCases.errorOutput().fetch(grant(event), isLastTry(event)));
            case RELEASE -> release(event);
            case SWEEP -> object().put("looked", useCases.sweep().sweep());
        };
    }

    private JsonNode release(JsonNode event) {
        String jobId = Events.text(event, "jobId");
        String executionArn = Events.text(event, "executionArn");
        String error = event.path("error").asString("it ended");
        Optional<JobRun> run = error.equals(STOPPED)
                ? useCases.cancel().stopped(jobId, executionArn, "The job's execution was stopped")
                : useCases.cancel().abandon(jobId, executionArn, "The job's execution gave it up: " + error);
        return run.map(after -> object().put("state", after.state().name())).orElseGet(AdapterFunction::object);
    }

    private static boolean isLastTry(JsonNode event) {
        return event.path("retryCount").asInt(0) >= event.path("maxRetries").asInt(0);
    }

    private static Grant grant(JsonNode event) {
        return Events.object(event, "grant", Grant.class);
    }

    private static Command command(String name) {
        return Arrays.stream(Command.values()).filter(command -> command.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected a command out of " + Arrays.toString(Command.values()) + ", but found '" + name
                                + "'"));
    }

    private static ObjectNode object() {
        return Events.MAPPER.createObjectNode();
    }

    private static JsonNode tree(Object value) {
        return Events.MAPPER.valueToTree(value);
    }
}

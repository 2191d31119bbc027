package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.Catcher;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.EvaluationException;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Retrier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls a function, an integration or an activity and waits for the outcome. */
final class TaskState extends State {
    private final TaskResource resource;
    private final TaskEvents events;
    private final @Nullable Credentials credentials;
    private final NumberField timeout;
    private final NumberField heartbeat;
    private final List<Retrier> retriers;
    private final List<Catcher> catchers;

    TaskState(StateHeader header, TaskResource resource, @Nullable Credentials credentials, NumberField timeout,
            NumberField heartbeat,
            List<Retrier> retriers, List<Catcher> catchers) {
        super(header);
        this.resource = resource;
        this.events = TaskEvents.of(resource);
        this.credentials = credentials;
        this.timeout = timeout;
        this.heartbeat = heartbeat;
        this.retriers = List.copyOf(retriers);
        this.catchers = List.copyOf(catchers);
    }

    @Override
    EventType enteredType() {
        return EventType.TASK_STATE_ENTERED;
    }

    @Override
    EventType exitedType() {
        return EventType.TASK_STATE_EXITED;
    }

    @Override
    EventType abortedType() {
        return EventType.TASK_STATE_ABORTED;
    }

    @Override
    boolean canRetry() {
        return true;
    }

    @Override
    List<Retrier> retriers() {
        return retriers;
    }

    @Override
    List<Catcher> catchers() {
        return catchers;
    }

    TaskResource resource() {
        return resource;
    }

    /** Gives the state a token without scheduling anything. */
    void prepareForTest(Frame frame, @Nullable String token) {
        frame.attempt(new TaskAttempt(token));
    }

    private boolean waitsForToken() {
        return resource instanceof TaskResource.Integration integration && integration.waitsForToken();
    }

    private boolean hasToken() {
        return switch (resource) {
            case TaskResource.Activity ignored -> true;
            case TaskResource.Function ignored -> false;
            case TaskResource.Integration integration -> integration
                    .pattern() != TaskResource.CallPattern.REQUEST_RESPONSE;
        };
    }

    @Override
    Transition enter(Frame frame) {
        Execution execution = frame.execution();
        if (resource instanceof TaskResource.Activity(String arn) && !execution.host().activityExists(arn)) {
            throw EvaluationException.runtime("The activity " + arn + " does not exist.");
        }
        // The token is made of the number of the event that will schedule the task, which is the very next one.
        String token = hasToken() ? execution.host().token(execution, execution.nextEventId()) : null;
        TaskAttempt attempt = new TaskAttempt(token);
        frame.attempt(attempt);
        JsonNode effective = flow().effectiveInput(frame);
        JsonNode parameters = flow().payload(frame);
        Long timeoutSeconds = timeout.evaluateSeconds(frame, effective);
        Long heartbeatSeconds = heartbeat.evaluateSeconds(frame, effective);
        String text = Json.text(parameters);
        if (Json.tooLarge(text)) {
            throw new StateFailure(ErrorNames.DATA_LIMIT_EXCEEDED, "The state/task '" + name()
                    + "' has an input with a size exceeding the maximum number of bytes service limit.");
        }
        long scheduled = execution.emit(frame, events.scheduled(),
                events.scheduledDetails(text, timeoutSeconds, heartbeatSeconds,
                        credentials == null ? null : credentials.evaluate(frame, effective)));
        if (events.started() != null) {
            execution.emit(frame, events.started(), events.resourceDetails());
        }
        attempt.scheduled(scheduled, hasToken() ? heartbeatSeconds : null);
        armTimers(frame, attempt, execution.nowMillis(), timeoutSeconds);
        call(frame, attempt, parameters, timeoutSeconds);
        return Transition.Suspended.INSTANCE;
    }

    private void call(Frame frame, TaskAttempt attempt, JsonNode parameters, @Nullable Long timeoutSeconds) {
        Execution execution = frame.execution();
        execution.host().call(execution, new TaskCall(execution.info().arn(), name(), attempt.scheduledEventId(),
                resource, parameters, attempt.token(),
                timeoutSeconds == null ? null : Duration.ofSeconds(timeoutSeconds)));
    }

    private static void armTimers(Frame frame, TaskAttempt attempt, long startMillis, @Nullable Long timeoutSeconds) {
        frame.execution().openTask(attempt.scheduledEventId(), frame);
        if (timeoutSeconds != null) {
            frame.execution().arm(frame, new TimerKey(TimerKey.Kind.TASK_TIMEOUT, attempt.scheduledEventId()),
                    Instant.ofEpochMilli(startMillis).plusSeconds(timeoutSeconds));
        }
        if (attempt.heartbeatSeconds() != null) {
            // After a restart the clock goes on from the last sign of life.
            armHeartbeat(frame, attempt, Math.max(startMillis,
                    frame.execution().host().lastHeartbeat(frame.execution(), attempt.scheduledEventId())));
        }
    }

    private static void armHeartbeat(Frame frame, TaskAttempt attempt, long fromMillis) {
        if (attempt.heartbeatSeconds() != null) {
            frame.execution().arm(frame, new TimerKey(TimerKey.Kind.HEARTBEAT, attempt.scheduledEventId()),
                    Instant.ofEpochMilli(fromMillis).plusSeconds(attempt.heartbeatSeconds()));
        }
    }

    /** A sign of life: the heartbeat clock starts anew. */
    void heartbeat(Frame frame, TaskAttempt attempt) {
        if (attempt.heartbeatSeconds() != null) {
            Execution execution = frame.execution();
            execution.host().heartbeat(execution, attempt.scheduledEventId());
            execution.disarm(new TimerKey(TimerKey.Kind.HEARTBEAT, attempt.scheduledEventId()));
            armHeartbeat(frame, attempt, execution.nowMillis());
        }
    }

    /** The call came back. */
    Transition returned(Frame frame, TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Pending() -> Transition.Suspended.INSTANCE;
            case TaskOutcome.Failed(String error, String cause) -> throw failed(frame, error, cause);
            case TaskOutcome.Succeeded(JsonNode output) when waitsForToken() -> submitted(frame, output);
            case TaskOutcome.Succeeded(JsonNode output) -> succeeded(frame, output);
        };
    }

    /** The job of a {@code .sync} task was submitted. */
    Transition submitted(Frame frame, JsonNode output) {
        String text = Json.text(output);
        if (Json.tooLarge(text)) {
            throw tooLarge(frame);
        }
        frame.execution().emit(frame, EventType.TASK_SUBMITTED, events.resultDetails(Detail.OUTPUT, text));
        return Transition.Suspended.INSTANCE;
    }

    /** The task has its result, by its own answer or by a callback. */
    Transition succeeded(Frame frame, JsonNode result) {
        String text = Json.text(result);
        if (Json.tooLarge(text)) {
            throw tooLarge(frame);
        }
        frame.execution().emit(frame, events.succeeded(), events.resultDetails(Detail.OUTPUT, text));
        close(frame);
        return exit(frame, result);
    }

    private Transition exit(Frame frame, JsonNode result) {
        return new Transition.Exit(flow().output(frame, result), header().next(), flow().assigned(frame, result));
    }

    Transition submittedOnce(Frame frame, JsonNode output) {
        TaskAttempt attempt = frame.attempt();
        if (attempt == null || attempt.submitted()) {
            return Transition.Suspended.INSTANCE;
        }
        attempt.submit();
        return submitted(frame, output);
    }

    private StateFailure tooLarge(Frame frame) {
        return failed(frame, ErrorNames.DATA_LIMIT_EXCEEDED, "The state/task '" + events.displayName()
                + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** The task failed; records it and answers what Retry and Catch look at. */
    StateFailure failed(Frame frame, @Nullable String error, @Nullable String cause) {
        frame.execution().emit(frame, events.failed(), events.failureDetails(error, cause));
        close(frame);
        return new StateFailure(error, cause);
    }

    @Override
    Transition timer(Frame frame, TimerKey key) {
        frame.execution().emit(frame, events.timedOut(), events.failureDetails(ErrorNames.TIMEOUT, null));
        close(frame);
        throw new StateFailure(ErrorNames.TIMEOUT, null, key.kind() == TimerKey.Kind.HEARTBEAT);
    }

    @Override
    void leave(Frame frame) {
        close(frame);
    }

    private static void close(Frame frame) {
        TaskAttempt attempt = frame.attempt();
        if (attempt != null) {
            Execution execution = frame.execution();
            execution.closeTask(attempt.scheduledEventId());
            execution.disarm(new TimerKey(TimerKey.Kind.TASK_TIMEOUT, attempt.scheduledEventId()));
            execution.disarm(new TimerKey(TimerKey.Kind.HEARTBEAT, attempt.scheduledEventId()));
        }
    }

    @Override
    Transition resume(Frame frame, List<HistoryEvent> since) {
        HistoryEvent scheduled = null;
        boolean submitted = false;
        for (HistoryEvent event : since) {
            if (event.type() == events.scheduled()) {
                scheduled = event;
                submitted = false;
            }
            submitted |= event.type() == EventType.TASK_SUBMITTED || event.type() == EventType.ACTIVITY_STARTED;
        }
        return scheduled == null || events.isOver(since.getLast().type())
                ? enter(frame)
                : resumeOpen(frame, scheduled, submitted);
    }

    private Transition resumeOpen(Frame frame, HistoryEvent scheduled, boolean submitted) {
        EventDetails details = scheduled.details();
        Execution execution = frame.execution();
        TaskAttempt attempt = new TaskAttempt(
                hasToken() ? execution.host().token(execution, scheduled.id()) : null);
        frame.attempt(attempt);
        attempt.scheduled(scheduled.id(), hasToken() ? details.number(Detail.HEARTBEAT_IN_SECONDS) : null);
        Long timeoutSeconds = details.number(Detail.TIMEOUT_IN_SECONDS);
        if (submitted) {
            attempt.submit();
        }
        armTimers(frame, attempt, scheduled.timestampMillis(), timeoutSeconds);
        // A submitted job is asked for again; a callback is only waited for.
        boolean answeredFromOutside = waitsForToken() || resource instanceof TaskResource.Activity;
        if (!submitted || !answeredFromOutside) {
            String parameters = details.text(events.parametersField());
            call(frame, attempt, Json.parse(parameters == null ? "{}" : parameters), timeoutSeconds);
        }
        return Transition.Suspended.INSTANCE;
    }
}

package io.stepyard.stepfunctions.interpreter;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.EventDetails;
import io.stepyard.stepfunctions.history.EventType;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.language.ErrorNames;
import io.stepyard.stepfunctions.language.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An execution in memory. Each public method is one turn: it takes a stimulus, runs until every chain of states waits, and
 * leaves the events it made in {@link #takeEvents()}. Not thread safe; belongs to the interpreter's thread.
 */
public final class Execution {
    /** An execution fails rather than have more events. */
    public static final int MAX_EVENTS = 25_000;

    private final ExecutionInfo info;
    private final StateMachineDefinition definition;
    private final Host host;
    private final Frame root;
    private final Driver driver = new Driver(this);
    private final @Nullable JsonNode mapItem;
    private final Map<Long, Frame> openTasks = new HashMap<>();
    private final Map<Long, Frame> mapRuns = new HashMap<>(2);
    private final Map<TimerKey, Frame> timers = new HashMap<>();
    private List<HistoryEvent> events = new ArrayList<>();
    private String inputText = "{}";
    private @Nullable JsonNode input;
    private long lastEventId;
    private long nowMillis;
    private int redriveCount;
    private long timedFromMillis;
    private boolean ended;

    public Execution(ExecutionInfo info, StateMachineDefinition definition, Host host) {
        this.info = info;
        this.definition = definition;
        this.host = host;
        this.root = new Frame(this, definition.states());
        this.mapItem = null;
        this.timedFromMillis = info.startMillis();
    }

    /** What never changes about it. */
    public ExecutionInfo info() {
        return info;
    }

    /** Whether it is over. */
    public boolean ended() {
        return ended;
    }

    /** Whether a task with this schedule event still waits for its outcome. */
    public boolean hasOpenTask(long scheduledEventId) {
        return openTasks.containsKey(scheduledEventId);
    }

    /** Gives it an input without starting it, where a single state is tried. */
    public void inputForTest(String text) {
        inputText = text;
        nowMillis = host.now().toEpochMilli();
    }

    /** The events made since the last call, in order. */
    public List<HistoryEvent> takeEvents() {
        List<HistoryEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    /** Starts with an input that is known to be JSON, by a version or alias where there is one. */
    public void start(String startInput, @Nullable String versionArn, @Nullable String aliasArn) {
        inputText = startInput;
        turn(() -> {
            emitAfter(0, EventType.EXECUTION_STARTED,
                    EventDetails.builder().put(Detail.INPUT, inputText).put(Detail.ROLE_ARN, info.roleArn())
                            .put(Detail.STATE_MACHINE_ALIAS_ARN, aliasArn)
                            .put(Detail.STATE_MACHINE_VERSION_ARN, versionArn).build());
            armExecutionTimeout();
            driver.begin(root, inputNode(), inputText);
        });
    }

    /** Takes up an execution from its whole history; calls again what was under way. */
    public void restore(List<HistoryEvent> history) {
        HistoryFold fold = new HistoryFold(this, root);
        for (HistoryEvent event : history) {
            lastEventId = event.id();
            nowMillis = event.timestampMillis();
            ended = event.type().endsExecution();
            fold.apply(event);
        }
        if (!ended) {
            turn(() -> {
                armExecutionTimeout();
                fold.resume(driver);
            });
        }
    }

    /**
     * Starts an execution that failed once more, at the states where it failed, with retries and time-outs anew. What
     * branches and iterations completed stays.
     */
    public void redrive(List<HistoryEvent> history) {
        HistoryFold fold = new HistoryFold(this, root);
        for (HistoryEvent event : history) {
            lastEventId = event.id();
            fold.apply(event);
        }
        turn(() -> {
            redriveCount++;
            emitAfter(lastEventId, EventType.EXECUTION_REDRIVEN,
                    EventDetails.of(Detail.REDRIVE_COUNT, (long) redriveCount));
            timedFromMillis = nowMillis;
            armExecutionTimeout();
            fold.redrive(driver);
        });
    }

    void redriven(HistoryEvent event) {
        Long count = event.details().number(Detail.REDRIVE_COUNT);
        redriveCount = count == null ? redriveCount : count.intValue();
        timedFromMillis = event.timestampMillis();
    }

    /** How often it was redriven. */
    public int redrives() {
        return redriveCount;
    }

    /** Fails an execution that the interpreter cannot go on with; what is known of it is its history. */
    public void failInternally(List<HistoryEvent> history) {
        if (!history.isEmpty()) {
            lastEventId = history.getLast().id();
            nowMillis = history.getLast().timestampMillis();
        }
        turn(() -> end(lastEventId, EventType.EXECUTION_FAILED,
                StateFailure.details(ErrorNames.RUNTIME,
                        "An internal error of the engine ended this execution; its log says more.")));
    }

    /** Timers went off, all at the same instant. */
    public void timersFired(List<TimerKey> keys) {
        turn(() -> {
            if (keys.contains(TimerKey.EXECUTION)) {
                end(0, EventType.EXECUTION_TIMED_OUT, EventDetails.NONE);
                return;
            }
            for (TimerKey key : keys) {
                Frame frame = timers.remove(key);
                if (frame != null) {
                    boolean retry = key.kind() == TimerKey.Kind.RETRY;
                    driver.drive(frame, () -> retry ? frame.state().enter(frame) : frame.state().timer(frame, key));
                }
            }
        });
    }

    /** The call of a task came back; ignored where the task is over. */
    public void taskReturned(long scheduledEventId, TaskOutcome outcome) {
        Frame waiting = openTasks.get(scheduledEventId);
        if (waiting != null && waiting.state() instanceof MapState map) {
            turn(() -> driver.drive(waiting, () -> map.returned(waiting, outcome)));
        } else {
            onTask(scheduledEventId, (task, frame) -> task.returned(frame, outcome));
        }
    }

    /** A child execution of a distributed Map ended. */
    public void childEnded(long mapRunEventId, int index, ChildOutcome outcome) {
        turn(() -> {
            Frame frame = mapRuns.get(mapRunEventId);
            if (frame != null && frame.state() instanceof MapState map) {
                driver.drive(frame, () -> map.childEnded(frame, index, outcome));
            }
        });
    }

    /** The job of a {@code .sync} task was submitted; ignored where the task is over or the history has it already. */
    public void taskSubmitted(long scheduledEventId, JsonNode output) {
        onTask(scheduledEventId, (task, frame) -> task.submittedOnce(frame, output));
    }

    /** A worker took the task of an activity. */
    public void activityStarted(long scheduledEventId, @Nullable String worker) {
        onTask(scheduledEventId, (task, frame) -> {
            emit(frame, EventType.ACTIVITY_STARTED, EventDetails.builder().put(Detail.WORKER_NAME, worker).build());
            return Transition.Suspended.INSTANCE;
        });
    }

    /** A callback brought the result of a task. */
    public void tokenSucceeded(long scheduledEventId, JsonNode output) {
        onTask(scheduledEventId, (task, frame) -> task.succeeded(frame, output));
    }

    /** A callback brought the failure of a task. */
    public void tokenFailed(long scheduledEventId, @Nullable String error, @Nullable String cause) {
        onTask(scheduledEventId, (task, frame) -> {
            throw task.failed(frame, error, cause);
        });
    }

    /** A task gave a sign of life. */
    public void heartbeat(long scheduledEventId) {
        onTask(scheduledEventId, (task, frame) -> {
            TaskAttempt attempt = frame.attempt();
            if (attempt != null) {
                task.heartbeat(frame, attempt);
            }
            return Transition.Suspended.INSTANCE;
        });
    }

    /** Stops it from outside. */
    public void stop(@Nullable String error, @Nullable String cause) {
        turn(() -> end(0, EventType.EXECUTION_ABORTED, StateFailure.details(error, cause)));
    }

    private interface OnTask {
        Transition apply(TaskState task, Frame frame);
    }

    private void onTask(long scheduledEventId, OnTask action) {
        turn(() -> {
            Frame frame = openTasks.get(scheduledEventId);
            if (frame != null && frame.state() instanceof TaskState task) {
                driver.drive(frame, () -> action.apply(task, frame));
            }
        });
    }

    private void turn(Runnable body) {
        if (ended) {
            return;
        }
        // Time never runs backwards within one history, whatever the clock does.
        nowMillis = Math.max(nowMillis, host.now().toEpochMilli());
        try {
            body.run();
            driver.run();
        } catch (HistoryFull full) {
            end(lastEventId, EventType.EXECUTION_FAILED, StateFailure.details(ErrorNames.RUNTIME,
                    "The execution reached the maximum number of history events (" + MAX_EVENTS + ")."));
        }
    }

    /** Ends the execution. */
    void end(long previousEventId, EventType type, EventDetails details) {
        ended = true;
        openTasks.clear();
        timers.clear();
        emitAfter(previousEventId, type, details);
    }

    private void armExecutionTimeout() {
        Long seconds = definition.timeoutSeconds();
        if (seconds != null) {
            host.arm(this, TimerKey.EXECUTION, Instant.ofEpochMilli(timedFromMillis).plusSeconds(seconds));
        }
    }

    /** Adds an event to a chain of states; answers its number. */
    long emit(Frame frame, EventType type, EventDetails details) {
        frame.lastEventId(emitAfter(frame.lastEventId(), type, details));
        return lastEventId;
    }

    private long emitAfter(long previousEventId, EventType type, EventDetails details) {
        if (lastEventId + 1 >= MAX_EVENTS && !type.endsExecution()) {
            throw new HistoryFull();
        }
        lastEventId++;
        events.add(new HistoryEvent(lastEventId, previousEventId, type, nowMillis, details));
        return lastEventId;
    }

    /** Adds an event beside a chain of states: the chain goes on as if it were not there. Answers its number. */
    long emitAside(long previousEventId, EventType type, EventDetails details) {
        return emitAfter(previousEventId, type, details);
    }

    /** Sets a retry; the event written last remembers it, so that it survives a restart with its delay. */
    void armRetry(Frame frame, int retrier, Instant due) {
        if (!events.isEmpty()) {
            HistoryEvent last = events.removeLast();
            Map<String, String> retries = new LinkedHashMap<>(last.details().texts(Detail.RETRIES));
            retries.put(Long.toString(frame.enteredEventId()), retrier + " " + due.toEpochMilli());
            events.add(new HistoryEvent(last.id(), last.previousEventId(), last.type(), last.timestampMillis(),
                    last.details().with(Detail.RETRIES, retries)));
        }
        // Named by the entry and not by the failure: a state waits for one retry at a time.
        arm(frame, new TimerKey(TimerKey.Kind.RETRY, frame.enteredEventId()), due);
    }

    /** The number the next event will have. */
    long nextEventId() {
        return lastEventId + 1;
    }

    void arm(Frame frame, TimerKey key, Instant due) {
        timers.put(key, frame);
        host.arm(this, key, due);
    }

    void disarm(TimerKey key) {
        if (timers.remove(key) != null) {
            host.disarm(this, key);
        }
    }

    void openTask(long scheduledEventId, Frame frame) {
        openTasks.put(scheduledEventId, frame);
    }

    /** The ARN of a map run that goes on. */
    public String mapRunArn(long startedEventId) {
        Frame frame = mapRuns.get(startedEventId);
        MapRun run = frame == null ? null : frame.mapRun();
        return run == null ? "" : run.arn();
    }

    /** How much a map run that goes on has to do, as its end will tell; empty where it is not known yet. */
    public Map<String, String> mapRunSize(long startedEventId) {
        Frame frame = mapRuns.get(startedEventId);
        MapRun run = frame == null ? null : frame.mapRun();
        return run == null ? Map.of() : run.size();
    }

    void openMapRun(long startedEventId, Frame frame) {
        mapRuns.put(startedEventId, frame);
    }

    void closeMapRun(long startedEventId) {
        mapRuns.remove(startedEventId);
    }

    void closeTask(long scheduledEventId) {
        openTasks.remove(scheduledEventId);
    }

    States definitionStates() {
        return definition.states();
    }

    Driver driver() {
        return driver;
    }

    /** {@code $$.Map.Item} where this execution is itself an item of a distributed Map, or null. */
    @Nullable
    JsonNode mapItem() {
        return mapItem;
    }

    Host host() {
        return host;
    }

    long nowMillis() {
        return nowMillis;
    }

    int redriveCount() {
        return redriveCount;
    }

    void input(String text) {
        inputText = text;
    }

    JsonNode inputNode() {
        if (input == null) {
            input = Json.parse(inputText);
        }
        return input;
    }

    /** The history has no room for another event. */
    private static final class HistoryFull extends RuntimeException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}

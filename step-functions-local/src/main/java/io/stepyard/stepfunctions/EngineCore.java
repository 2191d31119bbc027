package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.ByteReader;
import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.ChildOutcome;
import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.interpreter.ExecutionInfo;
import io.stepyard.stepfunctions.interpreter.Host;
import io.stepyard.stepfunctions.interpreter.StateMachineDefinition;
import io.stepyard.stepfunctions.interpreter.ServiceDate;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskResource;
import io.stepyard.stepfunctions.interpreter.TimerKey;
import io.stepyard.stepfunctions.language.Json;
import io.stepyard.stepfunctions.language.Uuids;
import io.stepyard.stepfunctions.time.Runner.Alarm;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs executions: keeps what is in memory of them, writes their events, wakes them. All on the interpreter's thread. */
final class EngineCore implements Host {
    private static final System.Logger LOG = System.getLogger(EngineCore.class.getName());

    private final EngineSettings settings;
    private final EngineLoop loop;
    private final Catalog catalog;
    private final HistoryReader reader;
    private final ListenerQueue listener;
    private final Children children = new Children(this);
    private final Executions executions = new Executions(children);
    private final Housekeeper housekeeper;
    private final Activities activities = new Activities(this);
    private final NestedExecutions nested = new NestedExecutions(this);
    private final Map<Long, CompletableFuture<Boolean>> awaited = new HashMap<>();
    private final LiveExecutions live;
    private final TaskCalls calls;
    private @Nullable Tokens tokens;

    EngineCore(EngineSettings settings, EngineLoop loop, Catalog catalog) {
        this.settings = settings;
        this.loop = loop;
        this.catalog = catalog;
        this.housekeeper = new Housekeeper(settings, loop, this);
        this.calls = new TaskCalls(settings.tasks(), loop.runner(), this);
        this.live = new LiveExecutions(settings.liveExecutions());
        this.reader = new HistoryReader(settings.journal());
        this.listener = new ListenerQueue(settings.listener(), settings.runner());
    }

    /** Reads the journal and takes up every open execution. */
    void recover() {
        settings.journal().replay((position, record) -> {
            ByteReader in = new ByteReader(record);
            switch (in.get()) {
                case Records.CATALOG -> catalog.replay(position, in.getText());
                case Records.HEARTBEAT -> executions.replay(Records.heartbeat(in));
                case Records.EVENTS -> executions.replay(position, record.length, Records.head(in), catalog);
                default ->
                    throw new IllegalStateException("the journal has a record of an unknown kind at " + position);
            }
        });
        tokens = new Tokens(catalog.secret(settings.random()));
        housekeeper.begin();
        for (ExecutionEntry entry : executions.open()) {
            run(entry, ignored -> {
            });
        }
    }

    Housekeeper housekeeper() {
        return housekeeper;
    }

    /** The child executions of distributed Maps. */
    Children children() {
        return children;
    }

    /** All executions there are. */
    Executions executions() {
        return executions;
    }

    HistoryReader reader() {
        return reader;
    }

    Catalog catalog() {
        return catalog;
    }

    int openExecutions() {
        return executions.open().size();
    }

    private ExecutionEntry start(StateMachine machine, Records.Start start, String input, @Nullable String versionArn,
            @Nullable String aliasArn) {
        ExecutionEntry entry = new ExecutionEntry(executions.nextNumber(), machine, start);
        executions.add(entry);
        entry.live(unfold(entry));
        if (entry.parent() == null) {
            ExecutionSummary begun = entry.summary();
            loop.afterCommit(() -> listener.started(begun));
        }
        run(entry, live -> live.start(input, versionArn, aliasArn));
        return entry;
    }

    private Execution unfold(ExecutionEntry entry) {
        StateMachine machine = entry.machine();
        Records.Parent parent = entry.parent();
        StateMachineDefinition whole = entry.revision().parsed();
        return new Execution(
                new ExecutionInfo(entry.number(), entry.arn(), entry.shownName(), machine.arn(), machine.name(),
                        entry.revision().roleArn(), entry.startMillis(), entry.traceHeader()),
                parent == null ? whole : whole.ofMap(parent.mapState()), this);
    }

    /** Gives an open execution a stimulus and writes the events that follow. */
    void run(ExecutionEntry entry, Consumer<Execution> stimulus) {
        if (!entry.isOpen()) {
            return;
        }
        Execution execution = entry.live();
        try {
            if (execution == null) {
                execution = unfold(entry);
                entry.live(execution);
                execution.restore(reader.whole(entry.lastPosition()));
            }
            stimulus.accept(execution);
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.log(System.Logger.Level.ERROR, "the interpreter failed on " + entry.arn(), broken);
            execution = breakOff(entry);
        }
        flush(entry, execution);
    }

    /** After a fault of the interpreter: what it did in this turn is dropped and the execution fails, rather than hang. */
    private Execution breakOff(ExecutionEntry entry) {
        Execution fresh = unfold(entry);
        entry.cancelAlarms();
        fresh.failInternally(entry.lastPosition() < 0 ? List.of() : reader.whole(entry.lastPosition()));
        return fresh;
    }

    private void flush(ExecutionEntry entry, Execution execution) {
        List<HistoryEvent> events = execution.takeEvents();
        if (!events.isEmpty()) {
            write(entry, events);
        }
        if (execution.ended()) {
            entry.cancelAlarms();
            live.ended(entry);
            children.ended(entry);
            nested.ended(entry);
            CompletableFuture<Boolean> waiting = awaited.remove(entry.number());
            if (waiting != null) {
                loop.afterCommit(() -> waiting.complete(true));
            }
            if (entry.parent() == null) {
                ExecutionSummary summary = entry.summary();
                loop.afterCommit(() -> listener.ended(summary));
            }
        } else {
            live.waits(entry);
        }
    }

    private void write(ExecutionEntry entry, List<HistoryEvent> events) {
        HistoryEvent last = events.getLast();
        ExecutionStatus status = ExecutionStatus.after(last.type());
        boolean first = entry.lastPosition() < 0;
        Records.Start start = first ? entry.start() : null;
        byte[] record = Records.events(new Records.Head(entry.number(), entry.lastPosition(), status,
                last.timestampMillis(), entry.redrives(), start), events);
        entry.wroteAt(settings.journal().append(record), record.length);
        entry.status(status, last.timestampMillis());
        // Even when nobody waits for it, what was written must reach the disk soon.
        loop.afterCommit(() -> {
        });
    }

    Activities activities() {
        return activities;
    }

    @Override
    public boolean activityExists(String arn) {
        return catalog.activity(arn) != null;
    }

    /** Does something once this turn is durable. */
    void afterCommit(Runnable effect) {
        loop.afterCommit(effect);
    }

    /**
     * Starts an execution; answers the one that runs under the same name with the same input; refuses any other use of a
     * used name.
     */
    ExecutionEntry startOrFind(String machineArn, String name, String input, @Nullable String traceHeader) {
        Arns.check(machineArn);
        StartTarget target = StartTarget.of(catalog, machineArn, random());
        ExecutionEntry existing = target.machine().execution(name);
        if (existing == null) {
            return start(target.machine(), new Records.Start(name, target.machine().arn(), target.revision(),
                    now().toEpochMilli(), traceHeader, null), input, target.versionArn(), target.aliasArn());
        }
        String first = reader.batch(existing.firstPosition()).getFirst().details().text(Detail.INPUT);
        boolean same = first != null && (first.equals(input) || Json.parse(first).equals(Json.parse(input)));
        if (!existing.isOpen() || !same) {
            throw new StepFunctionsException(ErrorCode.ExecutionAlreadyExists,
                    "Execution Already Exists: '" + existing.arn() + "'");
        }
        return existing;
    }

    /** Redrives an execution that may be; refuses with ExecutionNotRedrivable otherwise. */
    void redrive(ExecutionEntry entry) {
        List<HistoryEvent> history = reader.whole(entry.lastPosition());
        RedriveRules.check(entry, history.size(), now());
        entry.status(ExecutionStatus.RUNNING, 0);
        entry.redrives(entry.redrives() + 1);
        Execution execution = unfold(entry);
        entry.live(execution);
        execution.redrive(history);
        flush(entry, execution);
    }

    /** Redrives the child of a map run, or tells the run that it cannot be. */
    void redriveChild(ExecutionEntry child) {
        try {
            redrive(child);
        } catch (StepFunctionsException refused) {
            LOG.log(System.Logger.Level.DEBUG, "a child execution stays as it ended: " + child.arn(), refused);
            children.ended(child);
        }
    }

    /** Done when an execution is over. */
    CompletableFuture<Boolean> whenOver(ExecutionEntry entry) {
        return entry.isOpen()
                ? awaited.computeIfAbsent(entry.number(), absent -> new CompletableFuture<>())
                : CompletableFuture.completedFuture(true);
    }

    /** Does something in a turn of its own, after this one. */
    void later(Runnable turn) {
        loop.runner().execute(turn);
    }

    @Nullable
    ExecutionEntry entry(long number) {
        return executions.find(number);
    }

    Tokens tokens() {
        if (tokens == null) {
            throw new IllegalStateException("the engine has not read its journal yet");
        }
        return tokens;
    }

    @Override
    public Instant now() {
        return settings.runner().instant();
    }

    @Override
    public ServiceDate serviceDate() {
        return settings.serviceDate();
    }

    @Override
    public RandomGenerator random() {
        return settings.random();
    }

    @Override
    public String mapRunArn(Execution execution, @Nullable String label) {
        return children.mapRunArn(required(execution), label == null ? Uuids.random(random()) : label,
                Uuids.random(random()));
    }

    @Override
    public void startChild(Execution execution, long mapRunEventId, int index, String mapState, String input) {
        ExecutionEntry parent = required(execution);
        Records.Parent link = new Records.Parent(parent.number(), mapRunEventId, index, mapState);
        String label = children.labelOf(execution.mapRunArn(mapRunEventId));
        // In a turn of its own: this one belongs to the parent.
        later(() -> {
            if (parent.isOpen()) {
                start(parent.machine(), new Records.Start(label + ":" + Uuids.random(random()),
                        parent.machine().arn(), parent.revisionNumber(), now().toEpochMilli(), null, link), input, null,
                        null);
            }
        });
    }

    @Override
    public Map<Integer, ChildOutcome> children(Execution execution, long mapRunEventId, boolean redrive) {
        return children.of(required(execution), mapRunEventId, redrive);
    }

    @Override
    public void heartbeat(Execution execution, long scheduledEventId) {
        ExecutionEntry entry = required(execution);
        long millis = now().toEpochMilli();
        entry.heartbeat(scheduledEventId, millis);
        settings.journal().append(Records.heartbeat(new Records.Heartbeat(entry.number(), scheduledEventId, millis)));
    }

    @Override
    public long lastHeartbeat(Execution execution, long scheduledEventId) {
        return required(execution).heartbeat(scheduledEventId);
    }

    @Override
    public void abortChildren(Execution execution, long mapRunEventId) {
        children.abort(required(execution), mapRunEventId);
    }

    @Override
    public String token(Execution execution, long scheduledEventId) {
        return tokens().make(execution.info().number(), scheduledEventId);
    }

    @Override
    public void arm(Execution execution, TimerKey key, Instant due) {
        ExecutionEntry entry = required(execution);
        entry.alarms().computeIfAbsent(key, absent -> settings.runner().scheduleTurn(due, () -> wake(entry)));
    }

    /** Wakes an execution; everything of it that is due goes in one turn, in an order that does not depend on chance. */
    private void wake(ExecutionEntry entry) {
        Instant now = now();
        List<TimerKey> due = entry.alarms().entrySet().stream().filter(alarm -> !alarm.getValue().due().isAfter(now))
                .sorted(Comparator.comparing((Map.Entry<TimerKey, Alarm> alarm) -> alarm.getValue().due())
                        .thenComparingLong(alarm -> alarm.getKey().eventId())
                        .thenComparing(alarm -> alarm.getKey().kind()))
                .map(Map.Entry::getKey).toList();
        due.forEach(entry::cancelAlarm);
        if (!due.isEmpty()) {
            run(entry, execution -> execution.timersFired(due));
        }
    }

    @Override
    public void disarm(Execution execution, TimerKey key) {
        required(execution).cancelAlarm(key);
    }

    @Override
    public void call(Execution execution, TaskCall call) {
        ExecutionEntry entry = required(execution);
        if (call.resource() instanceof TaskResource.Activity) {
            activities.scheduled(entry, call);
            return;
        }
        entry.callStarted();
        if (NestedExecutions.runs(call.resource()) && !settings.tasks().runsNestedExecutions()) {
            nested.call(entry, call);
            return;
        }
        loop.afterCommit(() -> settings.runner().background(() -> calls.carryOut(entry, call)));
    }

    private ExecutionEntry required(Execution execution) {
        ExecutionEntry entry = executions.find(execution.info().number());
        if (entry == null) {
            throw new IllegalStateException("no entry for " + execution.info().arn());
        }
        return entry;
    }
}

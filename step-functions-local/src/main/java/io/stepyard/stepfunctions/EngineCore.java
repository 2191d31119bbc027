package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.ByteReader;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.interpreter.ExecutionInfo;
import io.stepyard.stepfunctions.interpreter.Host;
import io.stepyard.stepfunctions.interpreter.TaskCall;
import io.stepyard.stepfunctions.interpreter.TaskOutcome;
import io.stepyard.stepfunctions.interpreter.TimerKey;
import io.stepyard.stepfunctions.time.Runner.Alarm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final TaskDispatcher dispatcher;
    private final ListenerQueue listener;
    private final Map<Long, ExecutionEntry> entries = new HashMap<>();
    private final LinkedHashMap<Long, ExecutionEntry> recent = new LinkedHashMap<>(64, 0.75f, true);
    private long lastNumber;
    private @Nullable Tokens tokens;

    EngineCore(EngineSettings settings, EngineLoop loop, Catalog catalog) {
        this.settings = settings;
        this.loop = loop;
        this.catalog = catalog;
        this.reader = new HistoryReader(settings.journal());
        this.dispatcher = new TaskDispatcher(settings.functions());
        this.listener = new ListenerQueue(settings.listener(), settings.runner());
    }

    /** Reads the journal and takes up every open execution. */
    void recover() {
        settings.journal().replay((position, record) -> {
            ByteReader in = new ByteReader(record);
            switch (in.get()) {
                case Records.CATALOG -> catalog.apply(in.getText());
                case Records.EVENTS -> applyHead(position, Records.head(in));
                default ->
                    throw new IllegalStateException("the journal has a record of an unknown kind at " + position);
            }
        });
        tokens = new Tokens(catalog.secret(settings.random()));
        List<ExecutionEntry> open = entries.values().stream().filter(ExecutionEntry::isOpen).toList();
        for (ExecutionEntry entry : open) {
            run(entry, ignored -> {
            });
        }
    }

    private void applyHead(long position, Records.Head head) {
        Records.Start start = head.start();
        if (start != null) {
            StateMachine machine = catalog.known(start.stateMachineArn());
            ExecutionEntry entry = new ExecutionEntry(head.executionNumber(), start.name(), machine, start.revision(),
                    start.startMillis(), start.traceHeader());
            entries.put(entry.number(), entry);
            machine.add(entry);
            lastNumber = Math.max(lastNumber, entry.number());
        }
        ExecutionEntry entry = entries.get(head.executionNumber());
        if (entry == null) {
            throw new IllegalStateException("the journal has events of an execution that never started at " + position);
        }
        entry.wroteAt(position);
        entry.status(head.statusAfter(), head.millis());
    }

    HistoryReader reader() {
        return reader;
    }

    Catalog catalog() {
        return catalog;
    }

    int openExecutions() {
        return (int) entries.values().stream().filter(ExecutionEntry::isOpen).count();
    }

    /** Starts an execution whose name is free. */
    ExecutionEntry start(StateMachine machine, String name, String input, @Nullable String traceHeader) {
        long number = ++lastNumber;
        ExecutionEntry entry = new ExecutionEntry(number, name, machine, machine.currentNumber(),
                now().toEpochMilli(), traceHeader);
        entries.put(number, entry);
        machine.add(entry);
        Execution execution = unfold(entry);
        entry.live(execution);
        ExecutionSummary begun = entry.summary();
        loop.afterCommit(() -> listener.started(begun));
        run(entry, live -> live.start(input));
        return entry;
    }

    private Execution unfold(ExecutionEntry entry) {
        StateMachine machine = entry.machine();
        return new Execution(
                new ExecutionInfo(entry.number(), entry.arn(), entry.name(), machine.arn(), machine.name(),
                        entry.revision().roleArn(), entry.startMillis(), entry.traceHeader()),
                entry.revision().parsed(), this);
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
            entry.live(null);
            recent.remove(entry.number());
            ExecutionSummary summary = entry.summary();
            loop.afterCommit(() -> listener.ended(summary));
        } else {
            recent.put(entry.number(), entry);
            passivate();
        }
    }

    private void write(ExecutionEntry entry, List<HistoryEvent> events) {
        HistoryEvent last = events.getLast();
        ExecutionStatus status = ExecutionStatus.after(last.type());
        boolean first = entry.lastPosition() < 0;
        Records.Start start = first
                ? new Records.Start(entry.name(), entry.machine().arn(), entry.revisionNumber(), entry.startMillis(),
                        entry.traceHeader())
                : null;
        entry.wroteAt(settings.journal().append(Records.events(new Records.Head(entry.number(), entry.lastPosition(),
                status, last.timestampMillis(), start), events)));
        entry.status(status, last.timestampMillis());
        // Even when nobody waits for it, what was written must reach the disk soon.
        loop.afterCommit(() -> {
        });
    }

    /** Folds up executions that wait, the ones untouched for longest first; their history is in the journal. */
    private void passivate() {
        if (recent.size() <= settings.liveExecutions()) {
            return;
        }
        Iterator<ExecutionEntry> oldest = recent.values().iterator();
        int excess = recent.size() - settings.liveExecutions();
        List<ExecutionEntry> folded = new ArrayList<>();
        for (int looked = 0; oldest.hasNext() && folded.size() < excess && looked < 2 * excess + 8; looked++) {
            ExecutionEntry entry = oldest.next();
            if (entry.callsInFlight() == 0) {
                folded.add(entry);
            }
        }
        for (ExecutionEntry entry : folded) {
            entry.live(null);
            recent.remove(entry.number());
        }
    }

    @Nullable
    ExecutionEntry entry(long number) {
        return entries.get(number);
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
    public RandomGenerator random() {
        return settings.random();
    }

    @Override
    public String token(Execution execution, long scheduledEventId) {
        return tokens().make(execution.info().number(), scheduledEventId);
    }

    @Override
    public void arm(Execution execution, TimerKey key, Instant due) {
        ExecutionEntry entry = required(execution);
        entry.alarms().computeIfAbsent(key, absent -> settings.runner().schedule(due, () -> wake(entry, key)));
    }

    private void wake(ExecutionEntry entry, TimerKey key) {
        entry.forgetAlarm(key);
        run(entry, execution -> execution.timerFired(key));
    }

    @Override
    public void disarm(Execution execution, TimerKey key) {
        ExecutionEntry entry = required(execution);
        Alarm alarm = entry.alarms().get(key);
        if (alarm != null) {
            alarm.cancel();
        }
        entry.forgetAlarm(key);
    }

    @Override
    public void call(Execution execution, TaskCall call) {
        ExecutionEntry entry = required(execution);
        entry.callStarted();
        loop.afterCommit(() -> settings.runner().background(() -> {
            TaskOutcome outcome = dispatcher.call(call);
            returned(entry, call.scheduledEventId(), outcome);
        }));
    }

    private void returned(ExecutionEntry entry, long scheduledEventId, TaskOutcome outcome) {
        try {
            loop.runner().execute(() -> {
                entry.callEnded();
                run(entry, execution -> execution.taskReturned(scheduledEventId, outcome));
            });
        } catch (IllegalStateException closed) {
            // The engine is gone; after the next start the task is run again.
            return;
        }
    }

    private ExecutionEntry required(Execution execution) {
        ExecutionEntry entry = entries.get(execution.info().number());
        if (entry == null) {
            throw new IllegalStateException("no entry for " + execution.info().arn());
        }
        return entry;
    }
}

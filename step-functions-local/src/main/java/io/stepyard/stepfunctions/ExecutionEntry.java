package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.interpreter.Execution;
import io.stepyard.stepfunctions.interpreter.TimerKey;
import io.stepyard.stepfunctions.time.Runner.Alarm;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stays in memory of every execution, open or ended: small, because there may be a hundred thousand. Its history is in
 * the journal; while something happens to it, the {@link Execution} is here too. Belongs to the interpreter's thread.
 */
final class ExecutionEntry {
    private final long number;
    private final String name;
    private final StateMachine machine;
    private final int revision;
    private final long startMillis;
    private final @Nullable String traceHeader;
    private final Records.@Nullable Parent parent;
    private long stopMillis;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private long firstPosition = -1;
    private long lastPosition = -1;
    private @Nullable Execution live;
    private @Nullable Map<TimerKey, Alarm> alarms;
    private @Nullable Map<Long, Long> heartbeats;
    private int redrives;
    private int callsInFlight;
    private int bytes;

    ExecutionEntry(long number, StateMachine machine, Records.Start start) {
        this.number = number;
        this.name = start.name();
        this.machine = machine;
        this.revision = start.revision();
        this.startMillis = start.startMillis();
        this.traceHeader = start.traceHeader();
        this.parent = start.parent();
    }

    /** What the first record of its history says of it. */
    Records.Start start() {
        return new Records.Start(name, machine.arn(), revision, startMillis, traceHeader, parent);
    }

    Records.@Nullable Parent parent() {
        return parent;
    }

    long number() {
        return number;
    }

    String name() {
        return name;
    }

    StateMachine machine() {
        return machine;
    }

    int revisionNumber() {
        return revision;
    }

    StateMachine.Revision revision() {
        return machine.revision(revision);
    }

    long startMillis() {
        return startMillis;
    }

    @Nullable
    String traceHeader() {
        return traceHeader;
    }

    /** A child of a distributed Map is named after its run: {@code label:id}. */
    String arn() {
        if (parent != null) {
            int colon = name.indexOf(':');
            return colon < 0
                    ? Arns.execution(machine.arn(), name)
                    : Arns.execution(machine.arn() + "/" + name.substring(0, colon), name.substring(colon + 1));
        }
        return machine.type().equals("EXPRESS")
                ? Arns.expressExecution(machine.arn(), name)
                : Arns.execution(machine.arn(), name);
    }

    /** How often it was redriven. */
    int redrives() {
        return redrives;
    }

    void redrives(int count) {
        redrives = count;
    }

    /** When the task that an event scheduled last gave a sign of life, in milliseconds; 0 where it did not. */
    long heartbeat(long eventId) {
        return heartbeats == null ? 0 : heartbeats.getOrDefault(eventId, 0L);
    }

    void heartbeat(long eventId, long millis) {
        if (heartbeats == null) {
            heartbeats = new HashMap<>(2);
        }
        heartbeats.put(eventId, millis);
    }

    /** All signs of life that count still, in milliseconds by event. */
    Map<Long, Long> heartbeats() {
        return heartbeats == null || !isOpen() ? Map.of() : heartbeats;
    }

    ExecutionStatus status() {
        return status;
    }

    boolean isOpen() {
        return status == ExecutionStatus.RUNNING;
    }

    void status(ExecutionStatus next, long millis) {
        status = next;
        heartbeats = isOpen() ? heartbeats : null;
        stopMillis = next == ExecutionStatus.RUNNING ? 0 : millis;
    }

    long stopMillis() {
        return stopMillis;
    }

    long firstPosition() {
        return firstPosition;
    }

    long lastPosition() {
        return lastPosition;
    }

    void wroteAt(long position, int length) {
        firstPosition = firstPosition < 0 ? position : firstPosition;
        lastPosition = position;
        bytes += length;
    }

    /** Its whole history stands in one record now. */
    void movedTo(long position, int length) {
        firstPosition = position;
        lastPosition = position;
        bytes = length;
    }

    /** How much of the journal is its history. */
    int bytes() {
        return bytes;
    }

    @Nullable
    Execution live() {
        return live;
    }

    void live(@Nullable Execution execution) {
        live = execution;
    }

    Map<TimerKey, Alarm> alarms() {
        if (alarms == null) {
            alarms = new HashMap<>(2);
        }
        return alarms;
    }

    void cancelAlarms() {
        if (alarms != null) {
            alarms.values().forEach(Alarm::cancel);
            alarms = null;
        }
    }

    void cancelAlarm(TimerKey key) {
        if (alarms != null) {
            Alarm alarm = alarms.remove(key);
            if (alarm != null) {
                alarm.cancel();
            }
            alarms = alarms.isEmpty() ? null : alarms;
        }
    }

    int callsInFlight() {
        return callsInFlight;
    }

    void callStarted() {
        callsInFlight++;
    }

    void callEnded() {
        callsInFlight--;
    }

    /** The name in its ARN. */
    String shownName() {
        return name.substring(name.indexOf(':') + 1);
    }

    ExecutionSummary summary() {
        return new ExecutionSummary(arn(), machine.arn(), shownName(), status, Instant.ofEpochMilli(startMillis),
                stopMillis == 0 ? null : Instant.ofEpochMilli(stopMillis));
    }
}

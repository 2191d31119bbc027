package io.stepyard.stepfunctions;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All executions by number, open or ended. Belongs to the interpreter's thread. */
final class Executions {
    private final Children children;
    private final Map<Long, ExecutionEntry> entries = new HashMap<>();
    private long lastNumber;

    Executions(Children children) {
        this.children = children;
    }

    long nextNumber() {
        return ++lastNumber;
    }

    void add(ExecutionEntry entry) {
        entries.put(entry.number(), entry);
        lastNumber = Math.max(lastNumber, entry.number());
        if (entry.parent() == null) {
            entry.machine().add(entry);
        } else {
            children.add(entry);
        }
    }

    /** Takes the head of a batch of events from the journal. */
    void replay(long position, int length, Records.Head head, Catalog catalog) {
        Records.Start start = head.start();
        lastNumber = Math.max(lastNumber, head.executionNumber());
        if (start != null && !entries.containsKey(head.executionNumber())) {
            add(new ExecutionEntry(head.executionNumber(), catalog.known(start.stateMachineArn()), start));
        }
        ExecutionEntry entry = entries.get(head.executionNumber());
        if (entry == null) {
            // What came before was dropped, because the whole history stands further on.
            return;
        }
        if (head.previousPosition() < 0) {
            entry.movedTo(position, length);
        } else {
            entry.wroteAt(position, length);
        }
        entry.status(head.statusAfter(), head.millis());
        entry.redrives(head.redrives());
    }

    /** Takes a sign of life from the journal. */
    void replay(Records.Heartbeat heartbeat) {
        ExecutionEntry entry = entries.get(heartbeat.executionNumber());
        if (entry != null) {
            entry.heartbeat(heartbeat.eventId(), heartbeat.millis());
        }
    }

    @Nullable
    ExecutionEntry find(long number) {
        return entries.get(number);
    }

    Collection<ExecutionEntry> all() {
        return entries.values();
    }

    /** Those that run, in the order they started. */
    List<ExecutionEntry> open() {
        return entries.values().stream().filter(ExecutionEntry::isOpen)
                .sorted((a, b) -> Long.compare(a.number(), b.number())).toList();
    }

    /** How much of the journal is still wanted. */
    long wantedBytes() {
        return entries.values().stream().mapToLong(ExecutionEntry::bytes).sum();
    }

    /** Forgets executions that are over. */
    void forget(List<ExecutionEntry> old) {
        Set<ExecutionEntry> forgotten = new HashSet<>(old);
        Set<StateMachine> machines = new HashSet<>();
        for (ExecutionEntry entry : forgotten) {
            entries.remove(entry.number());
            children.forget(entry);
            machines.add(entry.machine());
        }
        machines.forEach(machine -> machine.forget(forgotten));
    }
}

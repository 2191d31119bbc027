package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.ChildOutcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The child executions of distributed Maps, found by their parents. Belongs to the interpreter's thread. */
final class Children {
    private final EngineCore core;
    private final Map<Long, Map<Long, Map<Integer, ExecutionEntry>>> byParent = new HashMap<>();

    Children(EngineCore core) {
        this.core = core;
    }

    void add(ExecutionEntry child) {
        Records.Parent parent = child.parent();
        if (parent != null) {
            byParent.computeIfAbsent(parent.number(), absent -> new HashMap<>())
                    .computeIfAbsent(parent.eventId(), absent -> new LinkedHashMap<>()).put(parent.index(), child);
        }
    }

    void forget(ExecutionEntry entry) {
        byParent.remove(entry.number());
    }

    String mapRunArn(ExecutionEntry parent, String label, String id) {
        return parent.machine().arn().replace(":stateMachine:", ":mapRun:") + "/" + label + ":" + id;
    }

    /** How the children of a map run stand. */
    Map<Integer, ChildOutcome> of(ExecutionEntry parent, long mapRunEventId) {
        Map<Integer, ChildOutcome> outcomes = new LinkedHashMap<>();
        entries(parent, mapRunEventId).forEach((index, child) -> outcomes.put(index, outcome(child)));
        return outcomes;
    }

    private Map<Integer, ExecutionEntry> entries(ExecutionEntry parent, long mapRunEventId) {
        return byParent.getOrDefault(parent.number(), Map.of()).getOrDefault(mapRunEventId, Map.of());
    }

    private ChildOutcome outcome(ExecutionEntry child) {
        if (child.isOpen()) {
            return new ChildOutcome(false, null, null, null);
        }
        HistoryEvent last = core.reader().batch(child.lastPosition()).getLast();
        return new ChildOutcome(true, last.details().text(Detail.OUTPUT), last.details().text(Detail.ERROR),
                last.details().text(Detail.CAUSE));
    }

    /** An execution ended: its parent hears of it, and its own children end with it. */
    void ended(ExecutionEntry entry) {
        Records.Parent link = entry.parent();
        ExecutionEntry parent = link == null ? null : core.entry(link.number());
        if (link != null && parent != null) {
            core.later(() -> core.run(parent,
                    execution -> execution.childEnded(link.eventId(), link.index(), outcome(entry))));
        }
        for (Long mapRun : List.copyOf(byParent.getOrDefault(entry.number(), Map.of()).keySet())) {
            abort(entry, mapRun);
        }
    }

    /** Stops the children of a map run that still run. */
    void abort(ExecutionEntry parent, long mapRunEventId) {
        for (ExecutionEntry child : entries(parent, mapRunEventId).values()) {
            if (child.isOpen()) {
                core.later(() -> core.run(child, execution -> execution.stop(null, null)));
            }
        }
    }
}

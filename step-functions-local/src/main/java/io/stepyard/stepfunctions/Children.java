package io.stepyard.stepfunctions;

import io.stepyard.stepfunctions.history.Detail;
import io.stepyard.stepfunctions.history.HistoryEvent;
import io.stepyard.stepfunctions.interpreter.ChildOutcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The child executions of distributed Maps, found by their parents. Belongs to the interpreter's thread. */
final class Children {
    private static final ChildOutcome RUNNING = new ChildOutcome(false, null, null, null);

    private final EngineCore core;
    private final Map<String, ExecutionEntry> byName = new HashMap<>();
    private final Map<Long, Map<Long, Map<Integer, ExecutionEntry>>> byParent = new HashMap<>();

    Children(EngineCore core) {
        this.core = core;
    }

    void add(ExecutionEntry child) {
        Records.Parent parent = child.parent();
        if (parent != null) {
            byName.put(child.name(), child);
            byParent.computeIfAbsent(parent.number(), absent -> new HashMap<>())
                    .computeIfAbsent(parent.eventId(), absent -> new LinkedHashMap<>()).put(parent.index(), child);
        }
    }

    void forget(ExecutionEntry entry) {
        byParent.remove(entry.number());
        byName.remove(entry.name(), entry);
    }

    String mapRunArn(ExecutionEntry parent, String label, String id) {
        return parent.machine().arn().replace(":stateMachine:", ":mapRun:") + "/" + label + ":" + id;
    }

    /** What a run is called in its ARN. */
    String labelOf(String mapRunArn) {
        return mapRunArn.substring(mapRunArn.indexOf('/') + 1, mapRunArn.lastIndexOf(':'));
    }

    /** How the children of a map run stand; with a redrive those that ended without success are about to run again. */
    Map<Integer, ChildOutcome> of(ExecutionEntry parent, long mapRunEventId, boolean redrive) {
        Map<Integer, ChildOutcome> outcomes = new LinkedHashMap<>();
        entries(parent, mapRunEventId).forEach((index, child) -> {
            if (redrive && !child.isOpen() && child.status() != ExecutionStatus.SUCCEEDED) {
                outcomes.put(index, RUNNING);
                core.later(() -> core.redriveChild(child));
            } else {
                outcomes.put(index, outcome(child));
            }
        });
        return outcomes;
    }

    /** A child by the name it goes by, or null. */
    @Nullable
    ExecutionEntry find(String name) {
        return byName.get(name);
    }

    /** The children of a map run, in the order of its items. */
    List<ExecutionEntry> inOrder(ExecutionEntry parent, long mapRunEventId) {
        return entries(parent, mapRunEventId).entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue).toList();
    }

    private Map<Integer, ExecutionEntry> entries(ExecutionEntry parent, long mapRunEventId) {
        return byParent.getOrDefault(parent.number(), Map.of()).getOrDefault(mapRunEventId, Map.of());
    }

    private ChildOutcome outcome(ExecutionEntry child) {
        if (child.isOpen()) {
            return RUNNING;
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

package io.stepyard.stepfunctions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/** Executions that are unfolded in memory; those untouched for longest are folded up, their history is in the journal. */
final class LiveExecutions {
    private final int most;
    private final LinkedHashMap<Long, ExecutionEntry> recent = new LinkedHashMap<>(64, 0.75f, true);

    LiveExecutions(int most) {
        this.most = most;
    }

    void ended(ExecutionEntry entry) {
        entry.live(null);
        recent.remove(entry.number());
    }

    /** An execution waits; another may have to make room. */
    void waits(ExecutionEntry entry) {
        recent.put(entry.number(), entry);
        int excess = recent.size() - most;
        if (excess > 0) {
            foldUp(excess).forEach(this::ended);
        }
    }

    /** Calls in flight would be made again when their execution is unfolded: those stay. */
    private List<ExecutionEntry> foldUp(int excess) {
        List<ExecutionEntry> folded = new ArrayList<>();
        Iterator<ExecutionEntry> oldest = recent.values().iterator();
        for (int looked = 0; oldest.hasNext() && folded.size() < excess && looked < 2 * excess + 8; looked++) {
            ExecutionEntry entry = oldest.next();
            if (entry.callsInFlight() == 0) {
                folded.add(entry);
            }
        }
        return folded;
    }
}

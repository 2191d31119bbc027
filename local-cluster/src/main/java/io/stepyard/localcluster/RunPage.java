package io.stepyard.localcluster;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Collects one page of a list: the runs with the lowest numbers after a given one. */
final class RunPage {

    private final Collection<RunState> states;
    private final long after;
    private final int limit;
    private final TreeMap<Long, RunView> lowest = new TreeMap<>();

    /** @param states wanted ones; empty for all */
    RunPage(Collection<RunState> states, long after, int limit) {
        this.states = List.copyOf(states);
        this.after = after;
        this.limit = limit;
    }

    void offer(long number, RunState state, Supplier<RunView> view) {
        if (number <= after || (!states.isEmpty() && !states.contains(state))) {
            return;
        }
        if (lowest.size() < limit) {
            lowest.put(number, view.get());
        } else if (number < lowest.lastKey()) {
            lowest.pollLastEntry();
            lowest.put(number, view.get());
        }
    }

    List<RunView> views() {
        return List.copyOf(lowest.values());
    }
}

package io.stepyard.stepfunctions.interpreter;

import java.util.Map;

/**
 * A chain of states: a machine, a branch, or what a Map runs for each item.
 *
 * @param startAt
 *            the name of the first
 * @param byName
 *            all of them
 */
record States(String startAt, Map<String, State> byName) {
    States {
        byName = Map.copyOf(byName);
    }

    State named(String name) {
        State state = byName.get(name);
        if (state == null) {
            throw new IllegalStateException("no state is called '" + name + "'");
        }
        return state;
    }
}

package io.stepyard.model.lifecycle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lifecycle as a table: for each state, what may happen there and where it leads. A state without a row is final.
 *
 * @param <S> the states
 * @param <T> what can happen
 */
public final class Lifecycle<S extends Enum<S>, T extends Enum<T>> {

    /** One row of the table. */
    public record Transition<S, T>(S from, T on, S to) {}

    private final String subject;
    private final Map<S, Map<T, S>> table;
    private final List<Transition<S, T>> transitions;
    private final Set<S> finals;

    private Lifecycle(Builder<S, T> builder) {
        this.subject = builder.subject;
        this.table = builder.table;
        this.transitions = List.copyOf(builder.transitions);
        this.finals = EnumSet.allOf(builder.states);
        this.finals.removeAll(builder.table.keySet());
    }

    static <S extends Enum<S>, T extends Enum<T>> Builder<S, T> of(String subject, Class<S> states, Class<T> events) {
        return new Builder<>(subject, states, events);
    }

    /** @throws IllegalTransition when the table has no such row */
    public S after(S from, T on) {
        Map<T, S> row = table.get(from);
        S to = row == null ? null : row.get(on);
        if (to == null) {
            throw new IllegalTransition(subject, from.name(), on.name());
        }
        return to;
    }

    public boolean allows(S from, T on) {
        Map<T, S> row = table.get(from);
        return row != null && row.containsKey(on);
    }

    public boolean isFinal(S state) {
        return finals.contains(state);
    }

    /** Every row, in the order of the table in code. */
    public List<Transition<S, T>> transitions() {
        return transitions;
    }

    /** The table as a Mermaid state diagram, so that docs cannot drift from code. */
    public String toMermaid(S initial) {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> ").append(initial.name()).append('\n');
        for (Transition<S, T> row : transitions) {
            if (row.from() != row.to()) {
                text.append("    ").append(row.from().name()).append(" --> ").append(row.to().name()).append(": ")
                        .append(row.on().name()).append('\n');
            }
        }
        for (S end : finals) {
            text.append("    ").append(end.name()).append(" --> [*]\n");
        }
        return text.toString();
    }

    static final class Builder<S extends Enum<S>, T extends Enum<T>> {
        private final String subject;
        private final Class<S> states;
        private final Class<T> events;
        private final Map<S, Map<T, S>> table;
        private final List<Transition<S, T>> transitions = new ArrayList<>();

        private Builder(String subject, Class<S> states, Class<T> events) {
            this.subject = subject;
            this.states = states;
            this.events = events;
            this.table = new EnumMap<>(states);
        }

        Builder<S, T> add(S from, T on, S to) {
            S before = table.computeIfAbsent(from, _ -> new EnumMap<>(events)).put(on, to);
            if (before != null) {
                throw new IllegalStateException("Expected one row for " + from + " on " + on + ", but found two");
            }
            transitions.add(new Transition<>(from, on, to));
            return this;
        }

        Lifecycle<S, T> build() {
            return new Lifecycle<>(this);
        }
    }
}

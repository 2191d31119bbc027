package io.stepyard.simulator.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a fault strikes, and counts. A world draws which classes it has at all (some worlds have all of them) and how
 * often a call meets one.
 */
final class Faults {

    private static final double LOWEST_RATE = 0.05;
    private static final double HIGHEST_RATE = 0.10;

    private final Chance chance;
    private final double rate;
    private final Set<FaultClass> present = EnumSet.noneOf(FaultClass.class);
    private final Map<Edge, List<FaultClass>> byEdge = new EnumMap<>(Edge.class);
    private final Tally hits = new Tally();
    private long calls;
    private long struck;
    private boolean active = true;

    Faults(Chance chance) {
        this.chance = chance;
        this.rate = chance.between(LOWEST_RATE, HIGHEST_RATE);
        double share = chance.oneIn(3) ? 1 : chance.between(0.4, 1.0);
        for (FaultClass fault : FaultClass.values()) {
            if (chance.in(share)) {
                present.add(fault);
            }
        }
        for (Edge edge : Edge.values()) {
            List<FaultClass> here = new ArrayList<>(edge.classes());
            here.retainAll(present);
            byEdge.put(edge, List.copyOf(here));
        }
    }

    /** The fault that this call meets, or null. It is counted by {@link #count} where it really takes effect. */
    @Nullable
    FaultClass at(Edge edge) {
        calls++;
        if (!active || !chance.in(rate)) {
            return null;
        }
        List<FaultClass> here = byEdge.getOrDefault(edge, List.of());
        if (here.isEmpty()) {
            return null;
        }
        struck++;
        return chance.pick(here);
    }

    /** Whether a class belongs to this world and faults have not stopped. */
    boolean has(FaultClass fault) {
        return active && present.contains(fault);
    }

    void count(FaultClass fault) {
        hits.add(fault);
    }

    /** From now on nothing goes wrong any more. */
    void stop() {
        active = false;
    }

    boolean active() {
        return active;
    }

    double rate() {
        return rate;
    }

    Tally hits() {
        return hits;
    }

    long calls() {
        return calls;
    }

    long struck() {
        return struck;
    }
}

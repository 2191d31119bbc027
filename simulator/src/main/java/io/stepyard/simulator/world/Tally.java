package io.stepyard.simulator.world;

import java.util.EnumMap;
import java.util.Map;

/** How often each class of fault has struck. */
final class Tally {

    private final Map<FaultClass, Long> hits = new EnumMap<>(FaultClass.class);

    void add(FaultClass fault) {
        hits.merge(fault, 1L, Long::sum);
    }

    void add(Tally other) {
        other.hits.forEach((fault, count) -> hits.merge(fault, count, Long::sum));
    }

    long of(FaultClass fault) {
        return hits.getOrDefault(fault, 0L);
    }
}

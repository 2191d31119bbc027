package io.stepyard.simulator;

import io.stepyard.model.resource.Resources;
import io.stepyard.scheduler.Placement;
import java.util.List;
import java.util.function.Function;

/** Watches a simulation. Jobs are named by their position in the trace, moments by seconds of the trace. */
public interface SimulationObserver {

    /** Watches nothing. */
    SimulationObserver NONE = new SimulationObserver() {
    };

    /** @param free what is free on a cluster at any moment of the simulation */
    default void begin(Trace trace, Function<String, Resources> free) {}

    default void submitted(int index, long now) {}

    default void placed(int index, Placement placement, long now) {}

    default void corrected(int index, long now) {}

    default void ended(int index, long now) {}

    /** After every pass. */
    default void passed(long now, int waiting) {}

    /** Tells several, in this order. */
    static SimulationObserver all(List<SimulationObserver> observers) {
        return new SimulationObserver() {
            @Override
            public void begin(Trace trace, Function<String, Resources> free) {
                observers.forEach(observer -> observer.begin(trace, free));
            }

            @Override
            public void submitted(int index, long now) {
                observers.forEach(observer -> observer.submitted(index, now));
            }

            @Override
            public void placed(int index, Placement placement, long now) {
                observers.forEach(observer -> observer.placed(index, placement, now));
            }

            @Override
            public void corrected(int index, long now) {
                observers.forEach(observer -> observer.corrected(index, now));
            }

            @Override
            public void ended(int index, long now) {
                observers.forEach(observer -> observer.ended(index, now));
            }

            @Override
            public void passed(long now, int waiting) {
                observers.forEach(observer -> observer.passed(now, waiting));
            }
        };
    }
}

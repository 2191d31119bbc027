package io.stepyard.core.scheduling;

/** The port by which a use case says that a pass is worth while now. A hint: it may be lost, since the tick comes anyway. */
@FunctionalInterface
public interface SchedulerKick {

    void kick();
}

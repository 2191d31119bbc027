package io.stepyard.simulator.world;

import static io.stepyard.simulator.world.FaultClass.CLUSTER_DOWN;
import static io.stepyard.simulator.world.FaultClass.CLUSTER_NONSENSE;
import static io.stepyard.simulator.world.FaultClass.CLUSTER_REPLY_LOST;
import static io.stepyard.simulator.world.FaultClass.CLUSTER_SLOW;
import static io.stepyard.simulator.world.FaultClass.CRASH_AFTER_EFFECT;
import static io.stepyard.simulator.world.FaultClass.CRASH_BEFORE_EFFECT;
import static io.stepyard.simulator.world.FaultClass.DESCRIBE_THROTTLED;
import static io.stepyard.simulator.world.FaultClass.EVENT_LATE;
import static io.stepyard.simulator.world.FaultClass.EVENT_MISSING;
import static io.stepyard.simulator.world.FaultClass.EVENT_REPEATED;
import static io.stepyard.simulator.world.FaultClass.FUNCTION_CALLED_TWICE;
import static io.stepyard.simulator.world.FaultClass.FUNCTION_REPLY_LOST;
import static io.stepyard.simulator.world.FaultClass.FUNCTION_UNREACHABLE;
import static io.stepyard.simulator.world.FaultClass.KICK_MISSING;
import static io.stepyard.simulator.world.FaultClass.METRICS_BACKWARDS;
import static io.stepyard.simulator.world.FaultClass.METRICS_FROM_THE_FUTURE;
import static io.stepyard.simulator.world.FaultClass.METRICS_LYING;
import static io.stepyard.simulator.world.FaultClass.METRICS_MISSING;
import static io.stepyard.simulator.world.FaultClass.METRICS_NEGATIVE;
import static io.stepyard.simulator.world.FaultClass.METRICS_NOT_A_NUMBER;
import static io.stepyard.simulator.world.FaultClass.PROCESS_PAUSED;
import static io.stepyard.simulator.world.FaultClass.SIGNAL_LOST;
import static io.stepyard.simulator.world.FaultClass.SIGNAL_REPEATED;
import static io.stepyard.simulator.world.FaultClass.SIGNAL_REPLY_LOST;
import static io.stepyard.simulator.world.FaultClass.STATUS_UNRECOGNISED;
import static io.stepyard.simulator.world.FaultClass.STORE_CONFLICT;
import static io.stepyard.simulator.world.FaultClass.STORE_REPLY_LOST;
import static io.stepyard.simulator.world.FaultClass.STORE_UNAVAILABLE;
import static io.stepyard.simulator.world.FaultClass.SUBMIT_ACCEPTED_WITH_ERROR;
import static io.stepyard.simulator.world.FaultClass.SUBMIT_DELIVERED_LATE;
import static io.stepyard.simulator.world.FaultClass.SUBMIT_REFUSED;
import static io.stepyard.simulator.world.FaultClass.TICK_LATE;
import static io.stepyard.simulator.world.FaultClass.TICK_MISSING;
import static io.stepyard.simulator.world.FaultClass.TICK_REPEATED;

import java.util.List;

/** A place where a call leaves the product, with what can go wrong there. */
enum Edge {
    READ(CRASH_BEFORE_EFFECT, PROCESS_PAUSED, STORE_UNAVAILABLE), COMMIT(CRASH_BEFORE_EFFECT, CRASH_AFTER_EFFECT,
            PROCESS_PAUSED, STORE_UNAVAILABLE, STORE_REPLY_LOST,
            STORE_CONFLICT), SUBMIT(CRASH_BEFORE_EFFECT, CRASH_AFTER_EFFECT, PROCESS_PAUSED, CLUSTER_DOWN, CLUSTER_SLOW,
                    CLUSTER_REPLY_LOST,
                    CLUSTER_NONSENSE, SUBMIT_ACCEPTED_WITH_ERROR, SUBMIT_DELIVERED_LATE,
                    SUBMIT_REFUSED), OBSERVE(CRASH_BEFORE_EFFECT, CRASH_AFTER_EFFECT, PROCESS_PAUSED, CLUSTER_DOWN,
                            CLUSTER_SLOW, CLUSTER_NONSENSE,
                            STATUS_UNRECOGNISED), CANCEL(CRASH_BEFORE_EFFECT, CRASH_AFTER_EFFECT, PROCESS_PAUSED,
                                    CLUSTER_DOWN, CLUSTER_SLOW, CLUSTER_REPLY_LOST,
                                    CLUSTER_NONSENSE), OUTPUT(CRASH_BEFORE_EFFECT, CLUSTER_DOWN, CLUSTER_SLOW,
                                            CLUSTER_NONSENSE), SAMPLE(CRASH_BEFORE_EFFECT, PROCESS_PAUSED, CLUSTER_DOWN,
                                                    CLUSTER_SLOW, CLUSTER_NONSENSE, METRICS_MISSING,
                                                    METRICS_NOT_A_NUMBER, METRICS_NEGATIVE, METRICS_BACKWARDS,
                                                    METRICS_LYING, METRICS_FROM_THE_FUTURE), SIGNAL(CRASH_BEFORE_EFFECT,
                                                            CRASH_AFTER_EFFECT, PROCESS_PAUSED, SIGNAL_LOST,
                                                            SIGNAL_REPLY_LOST, SIGNAL_REPEATED), DESCRIBE(
                                                                    CRASH_BEFORE_EFFECT, PROCESS_PAUSED,
                                                                    DESCRIBE_THROTTLED), FUNCTION(FUNCTION_UNREACHABLE,
                                                                            FUNCTION_REPLY_LOST,
                                                                            FUNCTION_CALLED_TWICE), TICK(TICK_MISSING,
                                                                                    TICK_REPEATED, TICK_LATE), KICK(
                                                                                            KICK_MISSING), EVENT(
                                                                                                    EVENT_MISSING,
                                                                                                    EVENT_REPEATED,
                                                                                                    EVENT_LATE);

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<FaultClass> classes;

    Edge(FaultClass... classes) {
        this.classes = List.of(classes);
    }

    List<FaultClass> classes() {
        return classes;
    }
}
